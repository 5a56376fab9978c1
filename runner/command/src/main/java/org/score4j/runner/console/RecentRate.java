package org.score4j.runner.console;

/**
 * Steps a second of which recent ones count more: {@code sum w_i n_i / sum w_i dt_i} over intervals
 * i of n_i steps in dt_i seconds, the weight w_i falling by e in each time constant.
 */
final class RecentRate {
  private static final double TIME_CONSTANT_SECONDS = 15;

  private double steps;
  private double seconds;

  /** Adds the interval that has just passed. */
  void add(double intervalSteps, double intervalSeconds) {
    double decay = Math.exp(-intervalSeconds / TIME_CONSTANT_SECONDS);
    steps = steps * decay + intervalSteps;
    seconds = seconds * decay + intervalSeconds;
  }

  /** The rate, 0 while unknown. */
  double perSecond() {
    return seconds > 0 ? steps / seconds : 0;
  }
}
