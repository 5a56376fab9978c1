package org.score4j.sde;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.api.Validation;

/**
 * The forward process of denoising diffusion probabilistic models (Ho et al. 2020, eq. 2 and 4),
 * with time counted in steps:
 *
 * <pre>
 *   x_k = sqrt(1 - beta_k) x_(k-1) + sqrt(beta_k) z,   k = 1 ... steps,
 *   alpha(k)^2 = (1 - beta_1) ... (1 - beta_k),        sigma^2 = 1 - alpha^2.
 * </pre>
 *
 * <p>Between steps {@code ln alpha^2} is linear in t, so that this is the variance-preserving SDE
 * {@code dx = -b/2 x dt + sqrt(b) dw} of the piecewise constant rate {@code b = -ln(1 - beta_k)}
 * for {@code k - 1 < t <= k}: at a step's end, where a sampler starts to take it back, the rate is
 * that step's.
 *
 * <p>Time 0 is clean data, {@link #startTime()} is 1, the least noise that a network trained on
 * steps knows, and {@link #endTime()} is {@code steps}. Codes that number their steps from 0 tell
 * the network {@code t - 1}. The prior is N(0, I).
 *
 * @param schedule how beta grows: {@code linear}, {@code scaled-linear} or {@code cosine}
 * @param steps number of steps, 2 or more
 * @param betaMin beta_1, above 0; {@code cosine} has its own
 * @param betaMax the last beta, not below {@code betaMin} and below 1; {@code cosine} has its own
 */
@PluginName("ddpm")
public record Ddpm(BetaSchedule schedule, int steps, double betaMin, double betaMax)
    implements Sde {

  /** The process of the paper: a thousand steps, linear from 1e-4 to 0.02. */
  public Ddpm() {
    this(BetaSchedule.LINEAR, 1000, 1e-4, 2e-2);
  }

  /** Checks the components. */
  public Ddpm {
    LinearRate.check(Validation.begin().count("steps", steps, 2), betaMin, betaMax)
        .rule(!(betaMax >= 1), "betaMax", betaMax, "must be below 1")
        .end();
  }

  @Override
  public double drift(double t) {
    return -rate(t) / 2;
  }

  @Override
  public double diffusion(double t) {
    return Math.sqrt(rate(t));
  }

  @Override
  public double alpha(double t) {
    return walk(0, t).alpha();
  }

  @Override
  public double sigma(double t) {
    return walk(0, t).sigma();
  }

  @Override
  public double startTime() {
    return 1;
  }

  @Override
  public double endTime() {
    return steps;
  }

  @Override
  public double priorStandardDeviation() {
    return 1;
  }

  @Override
  public Transition transition(double s, double t) {
    TimeOrder.check(s, t);
    return walk(s, t);
  }

  /** Finds the step, within which {@code alpha^2 = 1 / (1 + e^(-logSnr))} is exponential in t. */
  @Override
  public double timeAt(double logSnr) {
    double ratio = Math.exp(-logSnr);
    double signal = 1;
    double noise = 0;
    for (int k = 0; k < steps; k++) {
      double beta = beta(k);
      double nextSignal = signal * (1 - beta);
      double nextNoise = noise * (1 - beta) + beta;
      if (nextNoise >= ratio * nextSignal) {
        return k + Math.log1p(signal * ratio - noise) / -Math.log1p(-beta);
      }
      signal = nextSignal;
      noise = nextNoise;
    }
    return steps;
  }

  /** From s to t, step by step: sums of positive numbers, none of which cancel. */
  private Transition walk(double s, double t) {
    double signal = 1;
    double noise = 0;
    for (int k = (int) s; k < t; k++) {
      double part = Math.min(t, k + 1) - Math.max(s, k);
      double beta = part == 1 ? beta(k) : -Math.expm1(part * Math.log1p(-beta(k)));
      signal *= 1 - beta;
      noise = noise * (1 - beta) + beta;
    }
    return new Transition(Math.sqrt(signal), Math.sqrt(noise));
  }

  private double rate(double t) {
    int step = Math.min(Math.max((int) Math.ceil(t), 1), steps);
    return -Math.log1p(-beta(step - 1));
  }

  private double beta(int i) {
    return schedule.beta(i, steps, betaMin, betaMax);
  }
}
