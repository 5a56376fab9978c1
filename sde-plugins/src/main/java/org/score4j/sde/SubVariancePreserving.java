package org.score4j.sde;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.api.Validation;

/**
 * The sub-variance-preserving SDE, made for likelihoods (Song et al. 2021, eq. 12 and appendix C):
 *
 * <pre>
 *   dx = -beta(t)/2 x dt + sqrt(beta(t) (1 - e^(-2 b(t)))) dw,   beta = betaMin + t (betaMax - betaMin),
 *   ln alpha = -b/2,   sigma = 1 - e^(-b),   0 &lt;= t &lt;= 1,
 *   b(t) = integral of beta from 0 to t = t betaMin + t^2 (betaMax - betaMin) / 2.
 * </pre>
 *
 * <p>The drift of {@link VariancePreserving} with less noise at every time: sigma itself, not its
 * square, is {@code 1 - e^(-b)}. The prior is N(0, I).
 *
 * @param betaMin rate of decay at time 0, above 0
 * @param betaMax rate of decay at time 1, not below {@code betaMin}
 * @param startTime time at which sampling stops, in (0, 1); training goes down to 1e-5
 */
@PluginName("sub-vp")
public record SubVariancePreserving(double betaMin, double betaMax, double startTime)
    implements Sde {

  /** The process of the paper: rates from 0.1 to 20, sampled down to 1e-3. */
  public SubVariancePreserving() {
    this(0.1, 20, 1e-3);
  }

  /** Checks the components. */
  public SubVariancePreserving {
    LinearRate.check(Validation.begin(), betaMin, betaMax)
        .positive("startTime", startTime)
        .rule(!(startTime >= 1), "startTime", startTime, "must be below 1")
        .end();
  }

  @Override
  public double drift(double t) {
    return -beta().at(t) / 2;
  }

  @Override
  public double diffusion(double t) {
    return Math.sqrt(-beta().at(t) * Math.expm1(-2 * beta().integral(0, t)));
  }

  @Override
  public double alpha(double t) {
    return Math.exp(-beta().integral(0, t) / 2);
  }

  @Override
  public double sigma(double t) {
    return -Math.expm1(-beta().integral(0, t));
  }

  @Override
  public double trainingStartTime() {
    return Math.min(startTime, 1e-5);
  }

  @Override
  public double endTime() {
    return 1;
  }

  @Override
  public double priorStandardDeviation() {
    return 1;
  }

  /** {@code -b - 2 ln(1 - e^(-b))}. */
  @Override
  public double logSnr(double t) {
    double b = beta().integral(0, t);
    return -b - 2 * Math.log(-Math.expm1(-b));
  }

  /**
   * With {@code b_s, b_t} the integrals up to s and t: {@code sigma_ts^2 = (1 - e^(b_s - b_t)) (1 -
   * e^(-b_s - b_t))}, which is {@code sigma_t^2 - alpha_ts^2 sigma_s^2} without its cancellation.
   */
  @Override
  public Transition transition(double s, double t) {
    TimeOrder.check(s, t);
    double between = beta().integral(s, t);
    double sum = 2 * beta().integral(0, s) + between;
    return new Transition(
        Math.exp(-between / 2), Math.sqrt(Math.expm1(-between) * Math.expm1(-sum)));
  }

  /** From {@code sigma / alpha = 2 sinh(b/2)}. */
  @Override
  public double timeAt(double logSnr) {
    if (logSnr <= logSnr(endTime())) {
      return endTime();
    }
    double x = Math.exp(-logSnr / 2) / 2;
    double b = 2 * Math.log1p(x + x * (x / (1 + Math.hypot(1, x))));
    return beta().timeOf(b);
  }

  private LinearRate beta() {
    return new LinearRate(betaMin, betaMax);
  }
}
