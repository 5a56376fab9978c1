package org.score4j.metric;

import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Energy distance (Szekely and Rizzo 2013, "Energy statistics: a class of statistics based on
 * distances"):
 *
 * <pre>
 *   D^2 = 2 E|X - Y| - E|X - X'| - E|Y - Y'|
 * </pre>
 *
 * <p>for generated X, X' and real Y, Y', all independent, with the Euclidean norm of the flattened
 * example. D^2, not its root, is estimated without bias (a U-statistic: pairs of one example with
 * itself are left out), so equal distributions give 0 on average and a single result may be below
 * 0. One measurement, {@code energy-distance}; not a number if an example has such an element.
 *
 * <p>Uses the first {@code limit} generated and the first {@code limit} real examples. Cost: {@code
 * 3 limit^2} distances of as many multiplications as an example has elements, shared among the
 * processors; the sums are in double. The interval is that of the choice of samples, the data held
 * fixed.
 *
 * @param limit examples of each kind to use at most, at least 2; 5000 by default
 */
@PluginName("energy-distance")
public record EnergyDistance(int limit) implements Metric {

  /** Up to 5000 examples of each kind. */
  public EnergyDistance() {
    this(5000);
  }

  /** Checks the components. */
  public EnergyDistance {
    Validation.begin().atLeast("limit", limit, 2).end();
  }

  @Override
  public int leastExamples() {
    return 2;
  }

  @Override
  public Measuring start(Shape example) {
    return new KeptExamples(
        example,
        limit,
        (x, y) -> PairSums.of(EnergyDistance::closeness, x, y).measurement("energy-distance"));
  }

  /** {@code -|x - y|}. */
  private static double closeness(double product, double xx, double yy) {
    return -Math.sqrt(Math.max(xx + yy - 2 * product, 0));
  }
}
