package org.score4j.metric;

import java.util.Arrays;

/** Points of one dimension, kept up to a limit. */
final class Points {
  private final int dimension;
  private final int limit;
  private float[] values = {};
  private int count;

  Points(int dimension, int limit) {
    this.dimension = dimension;
    this.limit = limit;
  }

  /** Takes in {@code more} points, or as many of them as there is room for. */
  void add(float[] batch, int more) {
    int taken = Math.min(more, limit - count);
    int length = (count + taken) * dimension;
    if (length > values.length) {
      long doubled = Math.min(2L * length, (long) limit * dimension);
      values = Arrays.copyOf(values, (int) doubled);
    }
    System.arraycopy(batch, 0, values, count * dimension, taken * dimension);
    count += taken;
  }

  int count() {
    return count;
  }

  /** The Euclidean distance from point i to point j of others. */
  double distance(int i, Points others, int j) {
    int a = i * dimension;
    int b = j * dimension;
    int end = a + dimension;
    double squares = 0;
    double oddSquares = 0;
    // Two sums, because one would make each addition wait for the last.
    for (; a + 1 < end; a += 2, b += 2) {
      double even = (double) values[a] - others.values[b];
      double odd = (double) values[a + 1] - others.values[b + 1];
      squares += even * even;
      oddSquares += odd * odd;
    }
    if (a < end) {
      double last = (double) values[a] - others.values[b];
      squares += last * last;
    }
    return Math.sqrt(squares + oddSquares);
  }
}
