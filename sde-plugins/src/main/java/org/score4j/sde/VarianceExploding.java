package org.score4j.sde;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.api.Validation;

/**
 * The variance-exploding SDE, the limit of NCSN's geometric noise levels (Song et al. 2021, eq. 9
 * and appendix C):
 *
 * <pre>
 *   alpha = 1,   sigma = sigmaMin (sigmaMax / sigmaMin)^t,   0 &lt;= t &lt;= 1,
 *   dx = sigma(t) sqrt(2 ln(sigmaMax / sigmaMin)) dw.
 * </pre>
 *
 * <p>At time 0 the noise is {@code sigmaMin}, not none. The prior is N(0, sigmaMax^2 I): {@code
 * sigmaMax} should reach the largest distance between two examples (Song and Ermon 2020, technique
 * 1): 50 for CIFAR-10, 90 for faces of 64 pixels, 348 of 256, 1348 of 1024.
 *
 * @param sigmaMin smallest standard deviation of the noise, above 0
 * @param sigmaMax largest standard deviation of the noise, above {@code sigmaMin}
 * @param startTime time at which sampling stops, in (0, 1)
 */
@PluginName("ve")
public record VarianceExploding(double sigmaMin, double sigmaMax, double startTime) implements Sde {

  /** The process of CIFAR-10: noise from 0.01 to 50, sampled down to 1e-5. */
  public VarianceExploding() {
    this(0.01, 50, 1e-5);
  }

  /** Checks the components. */
  public VarianceExploding {
    Validation.begin()
        .positive("sigmaMin", sigmaMin)
        .positive("sigmaMax", sigmaMax)
        .rule(!(sigmaMax <= sigmaMin), "sigmaMax", sigmaMax, "must exceed sigmaMin")
        .positive("startTime", startTime)
        .rule(!(startTime >= 1), "startTime", startTime, "must be below 1")
        .end();
  }

  @Override
  public double drift(double t) {
    return 0;
  }

  @Override
  public double diffusion(double t) {
    return sigma(t) * Math.sqrt(2 * growth());
  }

  @Override
  public double alpha(double t) {
    return 1;
  }

  @Override
  public double sigma(double t) {
    return sigmaMin * Math.pow(sigmaMax / sigmaMin, t);
  }

  @Override
  public double endTime() {
    return 1;
  }

  @Override
  public double logSnr(double t) {
    return -2 * (Math.log(sigmaMin) + t * growth());
  }

  /** {@code sigma_ts^2 = sigma_s^2 ((sigmaMax / sigmaMin)^(2 (t - s)) - 1)}. */
  @Override
  public Transition transition(double s, double t) {
    TimeOrder.check(s, t);
    return new Transition(1, sigma(s) * Math.sqrt(Math.expm1(2 * (t - s) * growth())));
  }

  @Override
  public double timeAt(double logSnr) {
    double t = (-logSnr / 2 - Math.log(sigmaMin)) / growth();
    return Math.max(0, Math.min(endTime(), t));
  }

  /** {@code d ln sigma / dt}. */
  private double growth() {
    return Math.log(sigmaMax / sigmaMin);
  }
}
