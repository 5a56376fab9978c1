package org.score4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a process of the command line took.
 *
 * @param seconds from its launch to its end
 * @param peakBytes the most memory it had, as far as was seen
 */
record RunnerProcess(double seconds, long peakBytes) {
  private static final int LOOKS_MILLIS = 20;

  /** Runs {@code runner/bin/runner} to its end. */
  static RunnerProcess run(Lab lab, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(lab.root().resolve("runner/bin/runner").toString());
    command.addAll(List.of(arguments));
    try {
      Path log = Files.createDirectories(lab.work()).resolve("runner.log");
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      long peak = 0;
      while (!process.waitFor(LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peak(process));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "failed: " + String.join(" ", command) + "\n" + Files.readString(log));
      }
      return new RunnerProcess(seconds, peak);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The script becomes the JVM, so that it is the same process. */
  private static long peak(Process process) {
    try {
      return ProcessMemory.peak(Path.of("/proc", Long.toString(process.pid()), "status"));
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
