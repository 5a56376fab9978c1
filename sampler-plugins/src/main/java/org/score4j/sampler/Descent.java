package org.score4j.sampler;

import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;

/**
 * The noise levels that a solver walks through, from the prior to the data, in the quantities that
 * the papers write solvers in:
 *
 * <pre>
 *   lambda = ln(alpha / sigma),   h_i = lambda_{i+1} - lambda_i &gt; 0,   r = sigma / alpha = e^-lambda.
 * </pre>
 *
 * <p>Level 0 is that of {@code endTime}. A descent that denoises has {@code startTime} as its last
 * but one level and ends without noise: {@code alpha = 1, sigma = r = 0, h = infinity}. The formula
 * of every first-order step then gives the denoised state itself, which is how samplers take the
 * step; the grid has one interval less, so that the number of steps is the same either way.
 */
final class Descent {
  private final double[] t;
  private final double[] alpha;
  private final double[] sigma;
  private final double[] lambda;

  private Descent(double[] t, double[] alpha, double[] sigma, double[] lambda) {
    this.t = t;
    this.alpha = alpha;
    this.sigma = sigma;
    this.lambda = lambda;
  }

  /**
   * Levels for a number of steps.
   *
   * @param steps 1 or more
   * @param denoise whether the last step leads to no noise at all
   */
  static Descent of(Sde sde, TimeGrid grid, int steps, boolean denoise) {
    double[] times = times(sde, grid, denoise ? steps - 1 : steps);
    double[] t = new double[steps + 1];
    double[] alpha = new double[steps + 1];
    double[] sigma = new double[steps + 1];
    double[] lambda = new double[steps + 1];
    for (int i = 0; i < times.length; i++) {
      t[i] = times[i];
      alpha[i] = sde.alpha(times[i]);
      sigma[i] = sde.sigma(times[i]);
      lambda[i] = sde.logSnr(times[i]) / 2;
    }
    if (denoise) {
      alpha[steps] = 1;
      lambda[steps] = Double.POSITIVE_INFINITY;
    }
    return new Descent(t, alpha, sigma, lambda);
  }

  private static double[] times(Sde sde, TimeGrid grid, int intervals) {
    return intervals == 0 ? new double[] {sde.endTime()} : grid.times(sde, intervals);
  }

  int steps() {
    return t.length - 1;
  }

  double t(int i) {
    return t[i];
  }

  double alpha(int i) {
    return alpha[i];
  }

  double sigma(int i) {
    return sigma[i];
  }

  double lambda(int i) {
    return lambda[i];
  }

  double r(int i) {
    return Math.exp(-lambda[i]);
  }

  /** Length of the step from level i. */
  double h(int i) {
    return lambda[i + 1] - lambda[i];
  }

  /**
   * The order of a multistep method's step from level i: what it has the values for, and 1 where
   * the step denoises.
   *
   * @param most the order of the method
   * @param lowerFinal whether the last steps are of order ..., 3, 2, 1
   */
  int order(int i, int most, boolean lowerFinal) {
    if (denoises(i)) {
      return 1;
    }
    int known = Math.min(most, i + 1);
    return lowerFinal ? Math.min(known, steps() - i) : known;
  }

  /** Noise that the step from level i adds: {@code sigma_{i+1} sqrt(1 - e^(-2 eta h))}. */
  double noise(int i, double eta) {
    return denoises(i) ? 0 : sigma[i + 1] * Math.sqrt(-Math.expm1(-2 * eta * h(i)));
  }

  /** Whether the step from level i leaves no noise. */
  boolean denoises(int i) {
    return sigma[i + 1] == 0;
  }
}
