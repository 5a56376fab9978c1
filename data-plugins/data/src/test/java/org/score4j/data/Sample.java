package org.score4j.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;

/** The first points of a density, with the statistics that tests compare to exact values. */
record Sample(double[][] points, int[] labels) {

  static Sample of(Dataset dataset, int count) {
    try (Examples examples = dataset.open()) {
      int dimension = (int) examples.shape().size();
      double[][] points = new double[count][dimension];
      int[] labels = new int[count];
      for (int n = 0; n < count; n++) {
        points[n] = point(examples, n);
        labels[n] = examples.classes() > 0 ? examples.label(n) : 0;
      }
      return new Sample(points, labels);
    }
  }

  static double[] point(Examples examples, long index) {
    int dimension = (int) examples.shape().size();
    ByteBuffer buffer = ByteBuffer.allocate(dimension * Float.BYTES);
    examples.read(index, buffer);
    buffer.flip();
    double[] point = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      point[i] = buffer.getFloat();
    }
    return point;
  }

  /** The points of one class. */
  Sample labelled(int label) {
    int[] chosen = IntStream.range(0, labels.length).filter(n -> labels[n] == label).toArray();
    double[][] those = Arrays.stream(chosen).mapToObj(n -> points[n]).toArray(double[][]::new);
    return new Sample(those, Arrays.stream(chosen).map(n -> labels[n]).toArray());
  }

  int count() {
    return points.length;
  }

  Stream<double[]> stream() {
    return Arrays.stream(points);
  }

  double mean(ToDoubleFunction<double[]> of) {
    return stream().mapToDouble(of).average().orElseThrow();
  }

  /** Variance of one coordinate. */
  double variance(int axis) {
    double mean = mean(x -> x[axis]);
    return mean(x -> (x[axis] - mean) * (x[axis] - mean));
  }

  /**
   * The Kolmogorov-Smirnov statistic {@code sqrt(n) sup |F_n(u) - u|} of values that should be
   * uniform on [0, 1]; above 1.95 with probability 0.001.
   */
  static double uniformityGap(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double gap = 0;
    int n = sorted.length;
    for (int i = 0; i < n; i++) {
      gap = Math.max(gap, Math.max((i + 1.0) / n - sorted[i], sorted[i] - (double) i / n));
    }
    return gap * Math.sqrt(n);
  }
}
