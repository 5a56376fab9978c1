package org.score4j.solver;

/**
 * Control of an embedded Runge-Kutta method of orders 5 and 4 (Hairer, Norsett and Wanner, Solving
 * ODEs I, section II.4; with beta above 0 the PI control of Hairer and Wanner, Solving ODEs II,
 * section IV.2):
 *
 * <pre>
 *   accept if e &lt; 1
 *   h' = h clip(0.9 e^-(1/5 - 3 beta / 4) e_last^beta, 0.2, 10)
 * </pre>
 *
 * <p>where h is the length that was tried, e its error over the tolerance and e_last that of the
 * last accepted step. A step that follows a refused one does not grow.
 */
public final class PiController implements StepController {
  private static final double SAFETY = 0.9;
  private static final double SMALLEST = 0.2;
  private static final double LARGEST = 10;

  private final double exponent;
  private final double beta;
  private double length;
  private double lastError = 1e-4;
  private boolean refused;

  /**
   * Control of one sample's steps.
   *
   * @param firstLength of the first step, above 0
   * @param beta weight of the previous error: 0 for standard control
   */
  public PiController(double firstLength, double beta) {
    this.length = firstLength;
    this.exponent = 1.0 / 5 - 0.75 * beta;
    this.beta = beta;
  }

  @Override
  public double length() {
    return length;
  }

  @Override
  public boolean accepts(double tried, double error) {
    boolean accepted = error < 1;
    double factor = SMALLEST;
    if (Double.isFinite(error)) {
      double wanted = SAFETY * Math.pow(error, -exponent) * Math.pow(lastError, beta);
      double largest = accepted && !refused ? LARGEST : 1;
      factor = Math.max(SMALLEST, Math.min(largest, wanted));
    }
    length = tried * factor;
    refused = !accepted;
    if (accepted) {
      lastError = Math.max(error, 1e-4);
    }
    return accepted;
  }
}
