package org.score4j.benchmarks;

import java.util.Arrays;

/**
 * The middle of several measurements, and how far they spread.
 *
 * @param median half of them are below
 * @param low a quarter of them is below
 * @param high a quarter of them is above
 * @param count how many there were
 */
record Estimate(double median, double low, double high, int count) {

  static Estimate of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Estimate(
        quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75), sorted.length);
  }

  /** Of what cannot be repeated. */
  static Estimate once(double value) {
    return of(new double[] {value});
  }

  /** Of quotients, each of two measurements that were made one after the other. */
  static Estimate ratio(double[] numerators, double[] denominators) {
    double[] ratios = new double[numerators.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = numerators[i] / denominators[i];
    }
    return of(ratios);
  }

  Estimate times(double factor) {
    return new Estimate(median * factor, low * factor, high * factor, count);
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
