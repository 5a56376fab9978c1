package org.score4j.runner.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.runner.doctor.Doctor;
import org.score4j.runner.doctor.Finding;
import org.score4j.runner.doctor.Machine;
import org.score4j.runner.doctor.PluginCheck;

class DoctorCommandTest {
  private static final Path RUNS = Path.of("runs");
  private static final Path CACHE = Path.of("cache");
  private static final Path TEMPORARY = Path.of("tmp");
  private static final long GIB = 1L << 30;

  private static void assertTold(String text, List<Finding> findings) {
    assertEquals(text, String.join("\n", DoctorCommand.lines(findings)) + "\n");
  }

  @Test
  void aMachineThatHasAllIsReady() {
    var machine =
        new Machine(
            "17.0.15, Maker, /jdk",
            17,
            "linux-x86_64",
            8,
            32 * GIB,
            8 * GIB,
            new Machine.Place(RUNS, true, 100 * GIB, 0),
            new Machine.Place(CACHE, true, 50 * GIB, 652L << 20),
            new Machine.Place(TEMPORARY, true, 50 * GIB, 0),
            "UTF-8");
    assertTold(
        """
        ok       java          17.0.15, Maker, /jdk
        ok       platform      linux-x86_64
        ok       threads       8, as many as there are processors to use
        ok       memory        32 GiB, of which Java's own heap 8.0 GiB
        ok       native cache  cache, 652 MiB used, 50 GiB free
        ok       temporary     tmp, 50 GiB free
        ok       file names    UTF-8
        ok       run folder    runs, 100 GiB free
        ready to run
        """,
        Doctor.examine(machine));
  }

  @Test
  void everyProblemComesWithARemedy() {
    var machine =
        new Machine(
            "16.0.1, Maker, /jdk",
            16,
            "linux-ppc64le",
            1,
            GIB,
            GIB / 4,
            new Machine.Place(RUNS, false, 0, 0),
            new Machine.Place(CACHE, true, GIB / 4, 0),
            new Machine.Place(TEMPORARY, false, 0, 0),
            "ANSI_X3.4-1968");
    assertTold(
        """
        problem  java          16.0.1, Maker, /jdk
                 -> set JAVA_HOME to a JDK 17 or newer
        problem  platform      linux-ppc64le
                 -> TensorFlow for Java runs on linux-x86_64, linux-arm64, macosx-arm64, \
        windows-x86_64; use one of these
        ok       threads       1, as many as there are processors to use
        note     memory        1.0 GiB, of which Java's own heap 256 MiB
                 -> little for networks on images; lower training.batchSize and sampling.batchSize
        problem  native cache  cache, 0 bytes used, 256 MiB free
                 -> TensorFlow's library takes 700 MiB there; make room, or choose another folder: \
        JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR runner ...
        note     temporary     tmp, cannot be written
                 -> score4j needs none, but a plugin may: JAVA_OPTS=-Djava.io.tmpdir=DIR runner ...
        note     file names    ANSI_X3.4-1968, which lacks letters
                 -> paths with such letters are refused; choose another locale: LANG=C.UTF-8 \
        runner ...
        problem  run folder    runs, 0 bytes free, cannot be written
                 -> choose another folder with --output DIR
        4 problems to be solved, see above
        """,
        Doctor.examine(machine));
  }

  @Test
  void aHeapThatDoesNotSuitTheMemoryIsTold() {
    for (long heap : new long[] {64L << 20, 64 * GIB}) {
      var machine =
          new Machine(
              "17",
              17,
              "linux-x86_64",
              8,
              32 * GIB,
              heap,
              new Machine.Place(RUNS, true, 100 * GIB, 0),
              new Machine.Place(CACHE, true, 50 * GIB, 652L << 20),
              new Machine.Place(TEMPORARY, true, 50 * GIB, 0),
              "ISO-8859-1");
      List<String> lines = DoctorCommand.lines(Doctor.examine(machine));
      assertEquals(
          2, lines.stream().filter(line -> line.startsWith("note")).count(), lines::toString);
      assertTrue(lines.stream().anyMatch(line -> line.contains("-Xmx in JAVA_OPTS")));
    }
  }

  @Test
  void aJarThatDeclaresNoPluginIsWarnedOf(@TempDir Path folder) throws IOException {
    Path jar = folder.toRealPath().resolve("library.jar");
    new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
    assertEquals(
        List.of(
            "warning: "
                + jar
                + " declares no plugin; if it should, its module-info needs: provides SERVICE with"
                + " PLUGIN; a jar without module-info is to be compiled with score4j-describe"),
        PluginCheck.warnings(PluginCatalogue.survey(List.of(jar))));
  }

  @Test
  void aBrokenJarIsNamedWithWhatToDo(@TempDir Path folder) throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "no zip");
    assertTold(
        """
        problem  plugins       JAR: is not a readable jar (zip END header not found); \
        build or download it again, or remove it
                 -> mend, replace or remove it; no recipe is read before
        problem  plugins       none found
                 -> put plugin jars into plugins/ or on the class path, or give --plugins DIR
        2 problems to be solved, see above
        """
            .replace("JAR", jar.toRealPath().toString()),
        PluginCheck.examine(PluginCatalogue.survey(List.of(jar))));
  }
}
