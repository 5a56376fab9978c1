package org.score4j.benchmarks;

import java.util.Optional;

/**
 * One result.
 *
 * @param suite what it is a part of
 * @param name what was measured
 * @param value what it came to
 * @param unit such as "s"; empty for a ratio
 * @param goal what it is meant to be
 * @param detail anything else worth knowing; possibly empty
 */
record Figure(
    String suite, String name, Estimate value, String unit, Optional<Goal> goal, String detail) {

  /**
   * A bound.
   *
   * @param atLeast whether the value is to be above, or else below
   */
  record Goal(double bound, boolean atLeast) {
    static Goal atLeast(double bound) {
      return new Goal(bound, true);
    }

    static Goal atMost(double bound) {
      return new Goal(bound, false);
    }

    boolean met(double value) {
      return atLeast ? value >= bound : value <= bound;
    }

    String shown() {
      return (atLeast ? ">= " : "<= ") + bound;
    }
  }

  String goalShown() {
    return goal.map(g -> g.shown() + (g.met(value.median()) ? " (met)" : " (not met)")).orElse("");
  }
}
