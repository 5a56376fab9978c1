package org.score4j.api.ode;

/**
 * Judges the steps of an embedded Runge-Kutta method of orders 5 and 4 and proposes the next
 * (Hairer, Norsett and Wanner, Solving ODEs I, section II.4; with beta above 0 the PI control of
 * Hairer and Wanner, Solving ODEs II, section IV.2):
 *
 * <pre>
 *   accept if e &lt; 1
 *   h' = h clip(0.9 e^-(1/5 - 3 beta / 4) e_last^beta, 0.2, 10)
 * </pre>
 *
 * <p>where e is the norm of the step's error over the tolerance and e_last that of the last
 * accepted step. A step that follows a refused one does not grow.
 */
final class StepControl {
  private static final double SAFETY = 0.9;
  private static final double SMALLEST = 0.2;
  private static final double LARGEST = 10;

  private final double exponent;
  private final double beta;
  private double lastError = 1e-4;
  private boolean refused;
  private double factor;

  StepControl(double beta) {
    this.exponent = 1.0 / 5 - 0.75 * beta;
    this.beta = beta;
  }

  /** Whether a step of this error is accepted; an error that is no number never is. */
  boolean accepts(double error) {
    boolean accepted = error < 1;
    if (!Double.isFinite(error)) {
      factor = SMALLEST;
    } else {
      double wanted = SAFETY * Math.pow(error, -exponent) * Math.pow(lastError, beta);
      double largest = accepted && !refused ? LARGEST : 1;
      factor = Math.max(SMALLEST, Math.min(largest, wanted));
    }
    refused = !accepted;
    if (accepted) {
      lastError = Math.max(error, 1e-4);
    }
    return accepted;
  }

  /** What the last step is to be multiplied with. */
  double factor() {
    return factor;
  }
}
