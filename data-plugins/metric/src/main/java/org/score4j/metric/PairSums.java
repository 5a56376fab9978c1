package org.score4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Metric.Interval;
import org.score4j.api.Metric.Measurement;

/**
 * How far n samples x are from m data y by a function k of pairs,
 *
 * <pre>
 *   D = E k(x, x') + E k(y, y') - 2 E k(x, y),
 * </pre>
 *
 * <p>without bias: pairs of a vector with itself are left out (a U-statistic). With a kernel, D is
 * the squared maximum mean discrepancy (Gretton et al. 2012, "A kernel two-sample test", eq. 3);
 * with {@code k = -|x - y|} the energy distance.
 *
 * @param within for each x, the sum of k over the other x
 * @param between for each x, the sum of k over all y
 * @param real E k(y, y')
 * @param realCount m
 */
record PairSums(double[] within, double[] between, double real, int realCount) {
  private static final int FEWEST_FOR_INTERVAL = 20;
  private static final double ROUNDING = 1e-12;

  /** A function of two vectors. */
  interface Pairing {
    /** Its value, from their scalar product and their squared norms. */
    double of(double product, double squareOfX, double squareOfY);
  }

  /** The sums of two points of either kind, or more. */
  static PairSums of(Pairing k, Points x, Points y) {
    double pairs = y.count() * (y.count() - 1.0);
    return new PairSums(
        rows(k, x, x, true),
        rows(k, x, y, false),
        Arrays.stream(rows(k, y, y, true)).sum() / pairs,
        y.count());
  }

  private static double[] rows(Pairing k, Points x, Points y, boolean withoutOwn) {
    double[] squaresOfX = x.squares();
    double[] squaresOfY = y.squares();
    double[] rows = new double[x.count()];
    x.products(
        y,
        (i, products) -> {
          for (int j = 0; j < products.length; j++) {
            rows[i] += i == j && withoutOwn ? 0 : k.of(products[j], squaresOfX[i], squaresOfY[j]);
          }
        });
    return rows;
  }

  /** D; not a number if an element of a point is none. */
  double distance() {
    double n = within.length;
    return Arrays.stream(within).sum() / n / (n - 1)
        + real
        - 2 * Arrays.stream(between).sum() / n / realCount;
  }

  /**
   * D with the interval for the choice of samples, the data held fixed, by the jackknife: the
   * deviation of D when one sample after the other is left out (Efron and Stein 1981). Empty if
   * there are fewer than 20, or all are the same.
   */
  List<Measurement> measurement(String name) {
    double distance = distance();
    return List.of(
        new Measurement(
            name,
            distance,
            within.length < FEWEST_FOR_INTERVAL
                ? Optional.empty()
                : Interval.student(distance, standardError(), within.length - 1)));
  }

  private double standardError() {
    double n = within.length;
    double allWithin = Arrays.stream(within).sum();
    double allBetween = Arrays.stream(between).sum();
    double[] without = new double[within.length];
    for (int i = 0; i < without.length; i++) {
      without[i] =
          (allWithin - 2 * within[i]) / (n - 1) / (n - 2)
              - 2 * (allBetween - between[i]) / (n - 1) / realCount;
    }
    double mean = Arrays.stream(without).sum() / n;
    double squares = Arrays.stream(without).map(d -> (d - mean) * (d - mean)).sum();
    double error = Math.sqrt(squares * (n - 1) / n);
    // Equal samples differ by no more than the rounding of the sums.
    double rounding =
        ROUNDING * (Math.abs(allWithin) / n / n + Math.abs(allBetween) / n / realCount);
    return error > rounding ? error : 0;
  }
}
