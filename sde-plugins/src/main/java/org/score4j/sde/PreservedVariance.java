package org.score4j.sde;

import org.score4j.api.Transition;

/**
 * What a variance-preserving process {@code dx = -beta/2 x dt + sqrt(beta) dw} makes of the
 * integral b of its noise rate: {@code alpha = e^(-b/2), sigma^2 = 1 - e^(-b)}, without
 * cancellation.
 *
 * @param b integral of beta, 0 or above
 */
record PreservedVariance(double b) {

  /** The integral at which {@code logSnr = -ln(e^b - 1)} has a value. */
  static double integralAt(double logSnr) {
    return logSnr > 0 ? Math.log1p(Math.exp(-logSnr)) : Math.log1p(Math.exp(logSnr)) - logSnr;
  }

  double alpha() {
    return Math.exp(-b / 2);
  }

  double sigma() {
    return Math.sqrt(-Math.expm1(-b));
  }

  double logSnr() {
    return -b - Math.log(-Math.expm1(-b));
  }

  /** The step over which the rate has the integral b. */
  Transition transition() {
    return new Transition(alpha(), sigma());
  }
}
