package org.score4j.sde;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.api.Validation;

/**
 * The cosine schedule in continuous time (Nichol and Dhariwal 2021, "Improved denoising diffusion
 * probabilistic models", eq. 17): a variance-preserving process with
 *
 * <pre>
 *   alpha^2 = cos^2(theta(t)) / cos^2(theta(0)),   theta(t) = (t + offset) / (1 + offset) pi/2,
 *   dx = -beta(t)/2 x dt + sqrt(beta(t)) dw,       0 &lt;= t &lt;= 1,
 *   beta(t) = min(pi / (1 + offset) tan(theta(t)), betaMax).
 * </pre>
 *
 * <p>Unlimited, beta would be infinite at time 1. The paper limits each of its 1000 discrete steps
 * to {@code beta_i <= 0.999}; with {@code beta_i = beta(t) / 1000} the limit of the rate is 999, as
 * in the code of Lu et al. 2022 (DPM-Solver). It is reached 2 thousandths before time 1, from where
 * on alpha decays exponentially; up to there alpha is the paper's at every {@code t = i / 1000}.
 * The table itself, clipped in its last step only, is {@link Ddpm} with the schedule {@code
 * cosine}.
 *
 * <p>The prior is N(0, I). The rate varies 25,000-fold: samplers do best on grids uniform in the
 * log-SNR.
 *
 * @param offset keeps the first noise from being too small, 0 or above
 * @param betaMax largest rate, above 0
 * @param startTime time at which sampling stops, in (0, 1); training goes down to 1e-5
 */
@PluginName("cosine")
public record Cosine(double offset, double betaMax, double startTime) implements Sde {

  /** The process of the paper, sampled down to 1e-3. */
  public Cosine() {
    this(0.008, 999, 1e-3);
  }

  /** Checks the components. */
  public Cosine {
    Validation.begin()
        .notNegative("offset", offset)
        .positive("betaMax", betaMax)
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
    return new PreservedVariance(integral(s, t)).transition();
  }

  /**
   * From {@code cos(theta(0) + d) = e^(-b/2) cos(theta(0))}, a quadratic equation for {@code
   * tan(d/2)}.
   */
  @Override
  public double timeAt(double logSnr) {
    double b = PreservedVariance.integralAt(logSnr);
    double limited = limitTime();
    double excess = b - integral(0, limited);
    if (excess >= 0) {
      return Math.min(endTime(), limited + excess / betaMax);
    }
    double tangent = sine(0) / cosine(0);
    double half = -Math.expm1(-b / 2) / (tangent + Math.sqrt(tangent * tangent - Math.expm1(-b)));
    return 2 * Math.atan(half) / angle(1);
  }

  private PreservedVariance until(double t) {
    return new PreservedVariance(integral(0, t));
  }

  private double beta(double t) {
    return Math.min(2 * angle(1) * sine(t) / cosine(t), betaMax);
  }

  /** Of beta, from s to t. */
  private double integral(double s, double t) {
    double limited = limitTime();
    double linear = betaMax * (Math.max(t, limited) - Math.max(s, limited));
    return linear + unlimited(Math.min(s, limited), Math.min(t, limited));
  }

  /** {@code -2 ln(cos(theta(t)) / cos(theta(s)))}; the difference of cosines is a product. */
  private double unlimited(double s, double t) {
    double lost = 2 * sine((s + t) / 2) * Math.sin(angle(t - s) / 2) / cosine(s);
    return -2 * (lost < 0.5 ? Math.log1p(-lost) : Math.log(cosine(t) / cosine(s)));
  }

  /** The time at which the rate reaches its limit. */
  private double limitTime() {
    return Math.max(0, 1 - Math.atan(2 * angle(1) / betaMax) / angle(1));
  }

  /** Of theta. */
  private double sine(double t) {
    return Math.sin(angle(t + offset));
  }

  /** Of theta: the sine of what is missing to pi/2, which is exact where it is small. */
  private double cosine(double t) {
    return Math.sin(angle(1 - t));
  }

  /** What a time adds to theta. */
  private double angle(double time) {
    return time / (1 + offset) * (Math.PI / 2);
  }
}
