package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.Distribution.Ended;

/** What the virtual machine, its locale and its streams may do to a command. */
@DisabledOnOs(OS.WINDOWS)
class JvmIT {
  private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(\\d+).*");

  private static final String POINTS =
      """
      {"data": "mixture", "sde": "vp", "model": {"type": "mlp", "width": 8},
       "training": {"steps": 2, "batchSize": 8}, "sampler": {"type": "euler-maruyama", "steps": 2}}
      """;

  @TempDir Path folder;
  private Distribution runner;

  @BeforeEach
  void open() throws IOException {
    runner = Distribution.from(folder);
    runner.file("points.json", POINTS);
  }

  @Test
  void aHeapThatIsTooSmallIsTold() throws IOException {
    try (var idx = new RandomAccessFile(folder.resolve("idx3-ubyte").toFile(), "rw")) {
      for (int number : new int[] {0x803, 150_000, 28, 28}) {
        idx.writeInt(number);
      }
      idx.setLength(16 + 150_000L * 28 * 28);
    }
    runner.file(
        "heap.json",
        POINTS.replace("\"mixture\"", "{\"type\": \"idx\", \"images\": \"idx3-ubyte\"}"));
    Ended ended =
        runner
            .startWith(Map.of("JAVA_OPTS", "-Xmx64m"), "--dry-run", "--recipe", "heap.json")
            .end();
    assertEquals(1, ended.status(), ended::err);
    assertTrue(
        ended.err().matches("runner: out of memory: Java's heap of .*-Xmx4g runner .*\\R"),
        ended::err);
  }

  @Test
  void aNativeLibraryThatFindsNoRoomIsTold() throws IOException {
    Path cache = Files.writeString(folder.resolve("cache"), "a file where the folder is to be");
    String elsewhere = "-Dorg.bytedeco.javacpp.cachedir=" + cache;
    Ended ended =
        runner
            .startWith(
                Map.of(
                    "JAVA_OPTS",
                    elsewhere + " -Duser.home=" + cache + " -Djava.io.tmpdir=" + cache),
                "--dry-run",
                "--recipe",
                "points.json")
            .end();
    assertEquals(1, ended.status(), ended::err);
    assertTrue(ended.err().startsWith("runner: TensorFlow's native library"), ended::err);
    assertEquals(1, ended.errLines().size(), ended::err);
  }

  @Test
  void outputThatCannotBeWrittenIsNoSuccess() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
    for (String command : List.of("schema", "--help")) {
      Ended ended = runner.startInto("> /dev/full", command).end();
      assertEquals(1, ended.status(), command);
      assertEquals(
          List.of("runner: cannot write to standard output: No space left on device"),
          ended.errLines());
    }
  }

  @Test
  void aReaderThatLeavesIsTold() {
    Ended ended = runner.startInto("| true; exit ${PIPESTATUS[0]}", "plugins").end();
    assertEquals(1, ended.status(), ended::err);
    assertEquals(List.of("runner: cannot write to standard output: Broken pipe"), ended.errLines());
  }

  @Test
  void theLocaleCReadsAndShowsNamesBeyondAscii() throws IOException {
    Path there = Files.createDirectory(folder.resolve("wörk 日本"));
    Files.writeString(there.resolve("ü.json"), POINTS.replace("vp", "vq"));
    Ended ended =
        runner.startWith(Map.of("LC_ALL", "C"), "validate", "--recipe", "wörk 日本/ü.json").end();
    assertEquals(2, ended.status());
    assertTrue(ended.err().startsWith("wörk 日本/ü.json:1:28 sde: no SDE is called"), ended::err);
  }

  @Test
  void picturesNeedNoFolderForTemporaryFiles() throws IOException {
    runner.file("points.json", POINTS.replace("}}", "}, \"sampling\": {\"count\": 4}}"));
    Ended ended =
        runner
            .startWith(
                Map.of("JAVA_OPTS", "-Djava.io.tmpdir=" + folder.resolve("none")),
                "--recipe",
                "points.json",
                "--output",
                "run")
            .end();
    assertEquals(0, ended.status(), ended::err);
    assertTrue(
        new RunFiles(folder.resolve("run"))
            .names("samples").stream().anyMatch(name -> name.endsWith(".png")));
  }

  @Test
  void newerJavaHasNothingToWarnOf() {
    Optional<Path> newer = newerJava();
    assumeTrue(
        newer.isPresent(), "no JDK 24 or newer here: JDK25 names none, /usr/lib/jvm has none");
    Ended ended =
        runner
            .startWith(
                Map.of(
                    "JAVA_HOME",
                    newer.get().toString(),
                    "JAVA_OPTS",
                    "--illegal-native-access=deny"),
                "--dry-run",
                "--recipe",
                "points.json")
            .end();
    assertEquals(0, ended.status(), ended::err);
    assertFalse(ended.err().contains("WARNING"), ended::err);
  }

  /** A JDK of release 24 or later: the one that JDK25 names, or one of /usr/lib/jvm. */
  private static Optional<Path> newerJava() {
    Path installed = Path.of("/usr/lib/jvm");
    try (Stream<Path> homes =
        Files.isDirectory(installed)
            ? Files.list(installed).sorted().toList().stream()
            : Stream.empty()) {
      return Stream.concat(
              Optional.ofNullable(System.getenv("JDK25")).map(Path::of).stream(), homes)
          .filter(home -> release(home) >= 24)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int release(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .map(RELEASE::matcher)
          .filter(Matcher::matches)
          .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
