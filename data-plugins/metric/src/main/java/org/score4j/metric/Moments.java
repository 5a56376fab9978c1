package org.score4j.metric;

import java.util.Arrays;

/**
 * Count, sum and sum of outer products of vectors, which add up: those of a union are the sums of
 * those of its parts. In double.
 */
final class Moments {
  private static final int BUFFERED = 256;

  private final int dimension;
  private final double[] sum;
  private final double[] outer;
  private final double[] buffer;
  private int buffered;
  private long count;

  Moments(int dimension) {
    this.dimension = dimension;
    this.sum = new double[dimension];
    this.outer = new double[dimension * dimension];
    this.buffer = new double[BUFFERED * dimension];
  }

  /** Takes in row i of some vectors. */
  void add(float[] vectors, int i) {
    for (int k = 0; k < dimension; k++) {
      buffer[buffered * dimension + k] = vectors[i * dimension + k];
    }
    buffered++;
    if (buffered == BUFFERED) {
      flush();
    }
  }

  /** Adds others, as if each of their vectors had been taken in so many times. */
  void add(Moments others, int times) {
    others.flush();
    count += times * others.count;
    for (int k = 0; k < sum.length; k++) {
      sum[k] += times * others.sum[k];
    }
    for (int k = 0; k < outer.length; k++) {
      outer[k] += times * others.outer[k];
    }
  }

  private void flush() {
    if (buffered == 0) {
      return;
    }
    double[] rows = Arrays.copyOf(buffer, buffered * dimension);
    double[] products = Algebra.gram(rows, dimension);
    for (int k = 0; k < outer.length; k++) {
      outer[k] += products[k];
    }
    for (int k = 0; k < rows.length; k++) {
      sum[k % dimension] += rows[k];
    }
    count += buffered;
    buffered = 0;
  }

  long count() {
    return count + buffered;
  }

  int dimension() {
    return dimension;
  }

  double[] mean() {
    flush();
    double[] mean = new double[dimension];
    for (int k = 0; k < dimension; k++) {
      mean[k] = sum[k] / count;
    }
    return mean;
  }

  /** The unbiased covariance, [d, d]. */
  double[] covariance() {
    double[] mean = mean();
    double[] covariance = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        int at = i * dimension + j;
        covariance[at] = (outer[at] - sum[i] * mean[j]) / (count - 1);
      }
    }
    return covariance;
  }
}
