package org.score4j.sampler;

/**
 * Judges the steps of an adaptive method by a PID controller (Soderlind 2003), with the limiter and
 * the rule of acceptance of k-diffusion's {@code dpm_adaptive}: of the errors e of this step, e' of
 * the last accepted step and e'' of the one before,
 *
 * <pre>
 *   h' = h phi,   phi = 1 + atan(e^-b1 e'^-b2 e''^-b3 - 1),
 *   b1 = (P + I + D) / k,   b2 = -(P + 2 D) / k,   b3 = D / k,
 *   accept if phi &gt;= acceptSafety.
 * </pre>
 *
 * <p>k is the order of the method.
 */
final class PidControl {
  private final double[] exponents;
  private final double acceptSafety;
  private final double[] inverse = {Double.NaN, Double.NaN, Double.NaN};
  private double factor;

  PidControl(double p, double i, double d, int order, double acceptSafety) {
    this.exponents = new double[] {(p + i + d) / order, -(p + 2 * d) / order, d / order};
    this.acceptSafety = acceptSafety;
  }

  /** Whether a step of this error is accepted; an error that is no number never is. */
  boolean accepts(double error) {
    // As in k-diffusion, so that no error gives a finite factor.
    double now = 1 / ((Double.isNaN(error) ? Double.POSITIVE_INFINITY : error) + 1e-8);
    if (Double.isNaN(inverse[1])) {
      inverse[1] = now;
      inverse[2] = now;
    }
    inverse[0] = now;
    double wanted = 1;
    for (int i = 0; i < 3; i++) {
      wanted *= Math.pow(inverse[i], exponents[i]);
    }
    factor = 1 + Math.atan(wanted - 1);
    boolean accepted = factor >= acceptSafety;
    if (accepted) {
      inverse[2] = inverse[1];
      inverse[1] = now;
    }
    return accepted;
  }

  /** What the last step is to be multiplied with. */
  double factor() {
    return factor;
  }
}
