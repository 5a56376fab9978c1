package org.score4j.metric;

import java.util.Arrays;

/** Points of one dimension, kept up to a limit. */
final class Points {
  private static final int AT_ONCE = 5_000_000;

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

  /** A point with its scalar products with others. */
  interface Row {
    void take(int i, double[] products);
  }

  /** Every point's scalar products with all others, some points at a time. */
  void products(Points others, Row each) {
    double[] all = others.rows(0, others.count);
    int block = Math.max(1, AT_ONCE / Math.max(1, others.count));
    for (int from = 0; from < count; from += block) {
      int to = Math.min(count, from + block);
      double[] products = Algebra.timesTransposed(rows(from, to), all, dimension);
      for (int i = from; i < to; i++) {
        int row = (i - from) * others.count;
        each.take(i, Arrays.copyOfRange(products, row, row + others.count));
      }
    }
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

  private static double square(double x) {
    return x * x;
  }
}
