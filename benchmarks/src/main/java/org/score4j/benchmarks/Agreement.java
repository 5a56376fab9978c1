package org.score4j.benchmarks;

import java.nio.file.Path;
import org.score4j.format.TensorFile;

/** How far the outputs of two workers are apart. */
final class Agreement {
  /** Tensors all of whose numbers are far smaller than others' are rounding errors. */
  private static final double NEGLIGIBLE = 1e-3;

  private Agreement() {}

  /**
   * The largest difference in a tensor, relative to the largest number in it; of all tensors the
   * worst.
   */
  static double difference(Path folder, WorkerProcess one, WorkerProcess other) {
    Path first = folder.resolve("one.safetensors");
    Path second = folder.resolve("other.safetensors");
    one.writeOutputs(first);
    other.writeOutputs(second);
    TensorFile a = TensorFile.open(first);
    TensorFile b = TensorFile.open(second);
    if (!a.names().equals(b.names())) {
      throw new IllegalStateException("the outputs differ: " + a.names() + " and " + b.names());
    }
    double largest = a.names().stream().mapToDouble(n -> largest(a.floats(n))).max().orElseThrow();
    return a.names().stream()
        .mapToDouble(
            name -> {
              float[] x = a.floats(name);
              return apart(x, b.floats(name)) / (largest(x) + NEGLIGIBLE * largest);
            })
        .max()
        .orElseThrow();
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double apart(float[] a, float[] b) {
    if (a.length != b.length) {
      return Double.POSITIVE_INFINITY;
    }
    double apart = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      // A number that is none is no agreement.
      apart =
          difference <= apart
              ? apart
              : difference < Double.POSITIVE_INFINITY ? difference : Double.POSITIVE_INFINITY;
    }
    return apart;
  }
}
