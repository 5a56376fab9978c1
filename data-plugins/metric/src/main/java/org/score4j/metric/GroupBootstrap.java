package org.score4j.metric;

import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.score4j.api.Metric.Interval;

/**
 * Confidence by the bootstrap (Efron 1979, "Bootstrap methods: another look at the jackknife") of
 * groups: examples are dealt at random to K groups, K of which are drawn again and again, with
 * replacement. So nothing is kept of a single example. The deviation of the statistic, times sqrt(K
 * / (K - 1)) for the one degree of freedom that is lost, is its standard error; the interval is
 * centred on the estimate, as the resampled statistic of a distance is biased upwards, and by
 * Student's t with K - 1 degrees of freedom.
 *
 * @param groups K
 * @param resamples how often; 0 for no interval
 */
record GroupBootstrap(int groups, int resamples) {
  private static final long SEED = 0xb007;

  /** Random numbers to deal examples by: the same at every measurement. */
  static Random dealer() {
    // Random, unlike newer generators, promises the same numbers on every platform.
    return new Random(SEED);
  }

  /**
   * The interval of an estimate.
   *
   * @param usable whether the groups, each counted so many times, make an estimate: others are
   *     drawn again
   * @param statistic the estimate when each group counts so many times
   * @return empty if the groups do not differ
   */
  Optional<Interval> interval(
      double estimate, Predicate<int[]> usable, ToDoubleFunction<int[]> statistic) {
    Random random = new Random(SEED + 1);
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < resamples; r++) {
      int[] times = drawn(random);
      while (!usable.test(times)) {
        times = drawn(random);
      }
      double deviation = statistic.applyAsDouble(times) - estimate;
      sum += deviation;
      squares += deviation * deviation;
    }
    double variance = (squares - sum * sum / resamples) / (resamples - 1);
    double error = Math.sqrt(Math.max(0, variance) * groups / (groups - 1));
    return Interval.student(estimate, error, groups - 1);
  }

  private int[] drawn(Random random) {
    int[] times = new int[groups];
    for (int g = 0; g < groups; g++) {
      times[random.nextInt(groups)]++;
    }
    return times;
  }
}
