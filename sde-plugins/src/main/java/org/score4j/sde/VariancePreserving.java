package org.score4j.sde;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.api.Validation;

/**
 * The variance-preserving SDE, the limit of DDPM's linear schedule (Song et al. 2021, eq. 11 and
 * appendix C):
 *
 * <pre>
 *   dx = -beta(t)/2 x dt + sqrt(beta(t)) dw,   beta = betaMin + t (betaMax - betaMin),
 *   ln alpha = -b/2,   sigma^2 = 1 - e^(-b),   0 &lt;= t &lt;= 1,
 *   b(t) = integral of beta from 0 to t = t betaMin + t^2 (betaMax - betaMin) / 2.
 * </pre>
 *
 * <p>Data of unit variance keep it; the prior is N(0, I).
 *
 * @param betaMin noise rate at time 0, above 0
 * @param betaMax noise rate at time 1, not below {@code betaMin}
 * @param startTime time at which sampling stops, in (0, 1); training goes down to 1e-5
 */
@PluginName("vp")
public record VariancePreserving(double betaMin, double betaMax, double startTime) implements Sde {

  /** The process of the paper: rates from 0.1 to 20, sampled down to 1e-3. */
  public VariancePreserving() {
    this(0.1, 20, 1e-3);
  }

  /** Checks the components. */
  public VariancePreserving {
    Validation.begin()
        .positive("betaMin", betaMin)
        .positive("betaMax", betaMax)
        .rule(!(betaMax < betaMin), "betaMax", betaMax, "must not be below betaMin")
        .positive("startTime", startTime)
        .rule(!(startTime >= 1), "startTime", startTime, "must be below 1")
        .end();
  }

  @Override
  public double drift(double t) {
    return -beta(t) / 2;
  }

  @Override
  public double diffusion(double t) {
    return Math.sqrt(beta(t));
  }

  @Override
  public double alpha(double t) {
    return Math.exp(-integral(0, t) / 2);
  }

  @Override
  public double sigma(double t) {
    return Math.sqrt(-Math.expm1(-integral(0, t)));
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

  /** {@code -ln(e^b - 1)}. */
  @Override
  public double logSnr(double t) {
    return -Math.log(Math.expm1(integral(0, t)));
  }

  /** {@code ln alpha_ts = -b_ts/2} and {@code sigma_ts^2 = 1 - e^(-b_ts)}. */
  @Override
  public Transition transition(double s, double t) {
    if (t < s) {
      throw new IllegalArgumentException("transition from " + s + " to the earlier time " + t);
    }
    double b = integral(s, t);
    return new Transition(Math.exp(-b / 2), Math.sqrt(-Math.expm1(-b)));
  }

  /** The positive root of {@code b(t) = ln(1 + e^(-logSnr))}. */
  @Override
  public double timeAt(double logSnr) {
    if (logSnr <= logSnr(endTime())) {
      return endTime();
    }
    double b = Math.log1p(Math.exp(-logSnr));
    return 2 * b / (betaMin + Math.sqrt(betaMin * betaMin + 2 * (betaMax - betaMin) * b));
  }

  private double beta(double t) {
    return betaMin + t * (betaMax - betaMin);
  }

  /** The integral of beta, by the trapezium rule, which is exact and does not cancel. */
  private double integral(double s, double t) {
    return (t - s) * (beta(s) + beta(t)) / 2;
  }
}
