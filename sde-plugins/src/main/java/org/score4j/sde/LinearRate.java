package org.score4j.sde;

import org.score4j.api.Validation;

/**
 * A noise rate that grows linearly, {@code beta(t) = betaMin + t (betaMax - betaMin)} for {@code 0
 * <= t <= 1}, and its integral b.
 */
record LinearRate(double betaMin, double betaMax) {

  /** The rules for the components, under the names they have in every process. */
  static Validation check(Validation validation, double betaMin, double betaMax) {
    return validation
        .positive("betaMin", betaMin)
        .positive("betaMax", betaMax)
        .rule(!(betaMax < betaMin), "betaMax", betaMax, "must not be below betaMin");
  }

  double at(double t) {
    return betaMin + t * (betaMax - betaMin);
  }

  /** From s to t by the trapezium rule, which is exact and does not cancel. */
  double integral(double s, double t) {
    return (t - s) * (at(s) + at(t)) / 2;
  }

  /** The time t, 0 or above, at which the integral from 0 is b: the root that does not cancel. */
  double timeOf(double b) {
    return 2 * b / (betaMin + Math.sqrt(betaMin * betaMin + 2 * (betaMax - betaMin) * b));
  }
}
