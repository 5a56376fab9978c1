package org.score4j.metric;

import java.util.Arrays;

/** Points of one dimension, kept up to a limit. */
final class Points {
  private final int dimension;
  private final int limit;
  private double[] values = {};
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
    for (int k = 0; k < taken * dimension; k++) {
      values[count * dimension + k] = batch[k];
    }
    count += taken;
  }

  int count() {
    return count;
  }

  int dimension() {
    return dimension;
  }

  /** Points {@code from} to {@code to}, the latter excluded, one after the other. */
  double[] rows(int from, int to) {
    return Arrays.copyOfRange(values, from * dimension, to * dimension);
  }

  /** The squared norm of every point. */
  double[] squares() {
    double[] squares = new double[count];
    for (int k = 0; k < count * dimension; k++) {
      squares[k / dimension] += square(values[k]);
    }
    return squares;
  }

  /** The scalar product of every point with a direction. */
  double[] project(double[] direction) {
    double[] products = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int k = 0; k < dimension; k++) {
        sum += values[i * dimension + k] * direction[k];
      }
      products[i] = sum;
    }
    return products;
  }

  /** The Euclidean distance from point i to point j of others. */
  double distance(int i, Points others, int j) {
    double[] x = values;
    double[] y = others.values;
    int a = i * dimension;
    int b = j * dimension;
    // Four sums, because in one each addition would wait for the last.
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int k = 0;
    for (; k < dimension - 3; k += 4) {
      first += square(x[a + k] - y[b + k]);
      second += square(x[a + k + 1] - y[b + k + 1]);
      third += square(x[a + k + 2] - y[b + k + 2]);
      fourth += square(x[a + k + 3] - y[b + k + 3]);
    }
    for (; k < dimension; k++) {
      first += square(x[a + k] - y[b + k]);
    }
    return Math.sqrt(first + second + (third + fourth));
  }

  private static double square(double x) {
    return x * x;
  }
}
