package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The built distribution, run as a user runs it: by its launcher, from a folder of their own. */
final class Distribution {
  private static final long PATIENCE_MINUTES = 5;

  /** Half the time, for processes as short as these. */
  private static final String FAST = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path home;
  private final Path folder;
  private final List<String> launcher;

  private Distribution(Path home, Path folder, List<String> launcher) {
    this.home = home;
    this.folder = folder;
    this.launcher = launcher;
  }

  /** The distribution that this build made, to be run from a folder. */
  static Distribution from(Path folder) {
    Path home = Path.of(System.getProperty("score4j.distribution"));
    boolean windows = File.separatorChar == '\\';
    Path launcher = home.resolve("bin").resolve(windows ? "runner.cmd" : "runner");
    return new Distribution(home, folder, List.of(launcher.toString()));
  }

  /**
   * The same without modules and without launcher: all jars in one folder, which is the class path.
   *
   * @param plugin a jar besides those of the distribution
   */
  Distribution onClassPath(Path plugin) {
    try {
      Path flat = Files.createDirectories(folder.resolve("flat"));
      List<Path> jars = new ArrayList<>(List.of(plugin));
      for (Path each : List.of(lib(), home.resolve("plugins"))) {
        try (Stream<Path> files = Files.list(each)) {
          files.forEach(jars::add);
        }
      }
      for (Path jar : jars) {
        link(flat.resolve(jar.getFileName()), jar);
      }
      return new Distribution(
          home,
          folder,
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
              "-cp",
              flat.resolve("*").toString(),
              "org.score4j.runner.Main"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, Path target) throws IOException {
    try {
      Files.createLink(link, target);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(target, link);
    }
  }

  Path lib() {
    return home.resolve("lib");
  }

  Path examples() {
    return home.resolve("examples");
  }

  /** Writes a file that commands can name. */
  String file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return name;
  }

  /** Runs a command to its end. */
  Ended run(String... arguments) {
    return start(arguments).end();
  }

  /** Runs a command that must succeed. */
  Ended succeed(String... arguments) {
    Ended ended = run(arguments);
    assertEquals(0, ended.status(), ended::err);
    return ended;
  }

  /** Starts a command. Its output goes to files, as a pipe that nobody reads would stop it. */
  Started start(String... arguments) {
    return start(List.of(), arguments);
  }

  /** Starts a command that can write no file larger than so many blocks of 1024 bytes. */
  Started startWithFilesUpTo(int blocks, String... arguments) {
    return start(
        List.of("bash", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "limited"), arguments);
  }

  /** Starts a command with some variables of its environment set, or options for the JVM added. */
  Started startWith(Map<String, String> environment, String... arguments) {
    return start(List.of(), environment, arguments);
  }

  /** Starts a command whose standard output goes where a shell sends it, as in "> /dev/full". */
  Started startInto(String redirection, String... arguments) {
    return start(List.of("bash", "-c", "\"$@\" " + redirection, "redirected"), arguments);
  }

  private Started start(List<String> wrapper, String... arguments) {
    return start(wrapper, Map.of(), arguments);
  }

  private Started start(List<String> wrapper, Map<String, String> changes, String... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(launcher);
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile(folder, "out", ".txt");
      Path err = Files.createTempFile(folder, "err", ".txt");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      var environment = builder.environment();
      environment.put("JAVA_HOME", System.getProperty("java.home"));
      List.of("SCORE4J_JAVA_OPTS", "CLICOLOR_FORCE").forEach(environment::remove);
      environment.putAll(changes);
      environment.put("JAVA_OPTS", FAST + " " + changes.getOrDefault("JAVA_OPTS", ""));
      return new Started(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that has been started. */
  record Started(Process process, Path outFile, Path errFile) {
    /** Waits for the end. */
    Ended end() {
      try {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError("no end in sight: " + read(errFile));
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        throw new AssertionError(e);
      }
      return new Ended(process.exitValue(), read(outFile), read(errFile));
    }

    /** Waits until something holds, which must be before the end. */
    void await(BooleanSupplier condition) {
      while (!condition.getAsBoolean()) {
        assertTrue(process.isAlive(), () -> "ended too early: " + read(errFile));
        sleep(2);
      }
    }

    /** Waits until standard error contains a text. */
    void awaitError(String text) {
      await(() -> read(errFile).contains(text));
    }

    /** Ends it as the kernel would when memory runs out. */
    Ended kill() {
      assertTrue(process.isAlive(), () -> "nothing left to kill: " + read(errFile));
      process.destroyForcibly();
      return end();
    }

    /** Presses Ctrl-C. */
    Ended interrupt() throws IOException {
      assumeFalse(
          interruptsAreIgnored(), "this build was itself started so that it ignores Ctrl-C");
      assertTrue(process.isAlive(), () -> "nothing left to interrupt: " + read(errFile));
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
      return end();
    }

    /** Children of a process that ignores a signal, such as one put in the background, do too. */
    private static boolean interruptsAreIgnored() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (!Files.exists(status)) {
        return false;
      }
      try (var lines = Files.lines(status)) {
        return lines
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .anyMatch(mask -> (mask & 1L << 1) != 0);
      }
    }
  }

  /**
   * A command that has ended.
   *
   * @param status its exit status
   * @param out what it wrote to standard output
   * @param err what it wrote to standard error
   */
  record Ended(int status, String out, String err) {
    List<String> errLines() {
      return err.lines().toList();
    }
  }

  static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
