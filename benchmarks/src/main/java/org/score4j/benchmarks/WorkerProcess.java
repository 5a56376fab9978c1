package org.score4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Worker}, seen from the process that tells it what to do. */
final class WorkerProcess implements AutoCloseable {
  private static final int LONG_ENOUGH_NANOS = 200_000_000;

  private final Work work;
  private final Process process;
  private final PrintStream orders;
  private final BufferedReader answers;
  private int runsAtOnce = 1;

  WorkerProcess(Work work) {
    this.work = work;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx2g",
                "-XX:ActiveProcessorCount=" + work.threads(),
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Dai.djl.offline=true",
                "-D%s=%s"
                    .formatted(Worker.PROCESSOR_TIME, Boolean.getBoolean(Worker.PROCESSOR_TIME)),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
    command.addAll(work.words());
    var builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(work.threads()));
    if (Boolean.getBoolean("score4j.benchmarks.verbose")) {
      builder.redirectError(Redirect.INHERIT);
    }
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    answer();
  }

  private String told(String order) {
    orders.println(order);
    return answer();
  }

  private String answer() {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Worker.ANSWER)) {
          return line.substring(Worker.ANSWER.length());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(
        work.kind() + " ended; --verbose shows what it said (" + work.words() + ")");
  }

  /** Runs a few times unmeasured, and finds out how many runs take long enough to be measured. */
  void warmUp(int runs) {
    double seconds = 0;
    for (int i = 0; i < runs; i++) {
      seconds = seconds();
    }
    runsAtOnce = (int) Math.max(1, Math.ceil(LONG_ENOUGH_NANOS / 1e9 / seconds));
  }

  /** Time of a run. */
  double seconds() {
    return Double.parseDouble(told("run " + runsAtOnce));
  }

  /** The most memory the worker has had. */
  long peakBytes() {
    return Long.parseLong(told("peak"));
  }

  /** Has the outputs of the last run written. */
  void writeOutputs(Path file) {
    told("outputs " + file);
  }

  @Override
  public void close() {
    orders.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
