package org.score4j.solver;

/**
 * PID control (Soderlind 2003) with the limiter and the rule of acceptance of k-diffusion's {@code
 * dpm_adaptive}: of the errors e of this step, e' of the last accepted step and e'' of the one
 * before,
 *
 * <pre>
 *   h' = h phi,   phi = 1 + atan(e^-b1 e'^-b2 e''^-b3 - 1),
 *   b1 = (P + I + D) / k,   b2 = -(P + 2 D) / k,   b3 = D / k,
 *   accept if phi &gt;= acceptSafety.
 * </pre>
 *
 * <p>k is the order of the method and h the length that was proposed, even if it was cut.
 */
public final class PidController implements StepController {
  private final double[] exponents;
  private final Gains gains;
  private final double[] inverse = {Double.NaN, Double.NaN, Double.NaN};
  private double length;

  /**
   * What decides on the steps of every sample.
   *
   * @param proportional P
   * @param integral I
   * @param derivative D
   * @param order k
   * @param acceptSafety below which phi a step is refused, in (0, 1)
   * @param longest the largest length, above 0, possibly infinite
   */
  public record Gains(
      double proportional,
      double integral,
      double derivative,
      int order,
      double acceptSafety,
      double longest) {}

  /**
   * Control of one sample's steps.
   *
   * @param firstLength of the first step, above 0
   */
  public PidController(double firstLength, Gains gains) {
    double p = gains.proportional();
    double d = gains.derivative();
    this.exponents =
        new double[] {
          (p + gains.integral() + d) / gains.order(),
          -(p + 2 * d) / gains.order(),
          d / gains.order()
        };
    this.gains = gains;
    this.length = Math.min(firstLength, gains.longest());
  }

  @Override
  public double length() {
    return length;
  }

  @Override
  public boolean accepts(double tried, double error) {
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
    double factor = 1 + Math.atan(wanted - 1);
    length = Math.min(gains.longest(), length * factor);
    boolean accepted = factor >= gains.acceptSafety();
    if (accepted) {
      inverse[2] = inverse[1];
      inverse[1] = now;
    }
    return accepted;
  }
}
