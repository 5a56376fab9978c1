package org.score4j.sde;

/** The rule of every transition. */
final class TimeOrder {
  private TimeOrder() {}

  /**
   * Time does not run backwards.
   *
   * @throws IllegalArgumentException if {@code t} is before {@code s}
   */
  static void check(double s, double t) {
    if (t < s) {
      throw new IllegalArgumentException("transition from " + s + " to the earlier time " + t);
    }
  }
}
