package org.score4j.sampler;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.Validation;

/** What all time grids have in common: both ends, and strictly decreasing times between them. */
final class GridTimes {
  private GridTimes() {}

  /**
   * Times between the ends of a process.
   *
   * @param inner the time of number i, from 1 to {@code steps - 1}
   * @throws InvalidValueException if there is no step, or two times coincide
   */
  static double[] between(Sde sde, int steps, IntToDoubleFunction inner) {
    Validation.begin().count("steps", steps, 1).end();
    double[] times = new double[steps + 1];
    times[0] = sde.endTime();
    for (int i = 1; i <= steps; i++) {
      times[i] = i == steps ? sde.startTime() : inner.applyAsDouble(i);
      if (!(times[i] < times[i - 1])) {
        throw new InvalidValueException(
            "steps",
            steps,
            "must be so few that the grid's times are distinct; time "
                + i
                + " would be "
                + times[i]
                + " after "
                + times[i - 1]);
      }
    }
    return times;
  }

  /**
   * Times by the noise-to-signal ratio {@code sigma / alpha}.
   *
   * @param logRatio its logarithm at time number i, from 1 to {@code steps - 1}
   */
  static double[] byLogRatio(Sde sde, int steps, IntToDoubleFunction logRatio) {
    return between(sde, steps, i -> sde.timeAt(-2 * logRatio.applyAsDouble(i)));
  }

  /**
   * Times at which {@code ln(sigma / alpha)} has gone a part of its way.
   *
   * @param left the part still to go, from 1 to 0, as a function of the part of the steps to go
   */
  static double[] byLogRatioLeft(Sde sde, int steps, DoubleUnaryOperator left) {
    double largest = logRatio(sde, sde.endTime());
    double smallest = logRatio(sde, sde.startTime());
    return byLogRatio(
        sde,
        steps,
        i -> smallest + left.applyAsDouble((double) (steps - i) / steps) * (largest - smallest));
  }

  /** {@code ln(sigma / alpha)}. */
  static double logRatio(Sde sde, double t) {
    return -sde.logSnr(t) / 2;
  }
}
