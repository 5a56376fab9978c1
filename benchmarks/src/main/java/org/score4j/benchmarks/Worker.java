package org.score4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.score4j.format.TensorStream;
import org.tensorflow.ndarray.Shape;

/**
 * A process with one {@link Task}, so that neither side's threads and memory are the other's. It
 * does what it is told line by line on standard input, and answers on standard output.
 */
final class Worker {
  static final String ANSWER = "> ";

  /** The property by which the time that processors worked is measured, rather than that passed. */
  static final String PROCESSOR_TIME = "score4j.benchmarks.processor-time";

  private Worker() {}

  /** Arguments are those of {@link Work}. */
  public static void main(String[] arguments) throws IOException {
    try (Task task = Work.parse(arguments).task();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      answer("ready");
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
          case "run" -> answer(Double.toString(seconds(task, Integer.parseInt(words[1]))));
          case "peak" -> answer(Long.toString(ProcessMemory.peak(Path.of("/proc/self/status"))));
          case "outputs" -> {
            write(task.outputs(), Path.of(words[1]));
            answer("written");
          }
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private static void answer(String text) {
    System.out.println(ANSWER + text);
    System.out.flush();
  }

  /** Mean time of so many runs, one after the other. */
  private static double seconds(Task task, int runs) {
    long start = nanos();
    for (int i = 0; i < runs; i++) {
      task.run();
    }
    return (nanos() - start) / 1e9 / runs;
  }

  private static long nanos() {
    return Boolean.getBoolean(PROCESSOR_TIME)
        ? ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
        : System.nanoTime();
  }

  private static void write(Map<String, float[]> outputs, Path file) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    outputs.forEach((name, values) -> shapes.put(name, Shape.of(values.length)));
    try (var stream = new TensorStream(file, Map.of(), shapes)) {
      outputs.forEach(stream::write);
      stream.finish();
    }
  }
}
