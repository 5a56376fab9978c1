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
    return Math.sqrt(beta().at(t));
  }

  @Override
  public double alpha(double t) {
    return until(t).alpha();
  }

  @Override
  public double sigma(double t) {
    return until(t).sigma();
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

  @Override
  public double logSnr(double t) {
    return until(t).logSnr();
  }

  @Override
  public Transition transition(double s, double t) {
    TimeOrder.check(s, t);
    return new PreservedVariance(beta().integral(s, t)).transition();
  }

  @Override
  public double timeAt(double logSnr) {
    return Math.min(endTime(), beta().timeOf(PreservedVariance.integralAt(logSnr)));
  }

  private LinearRate beta() {
    return new LinearRate(betaMin, betaMax);
  }

  private PreservedVariance until(double t) {
    return new PreservedVariance(beta().integral(0, t));
  }
}
