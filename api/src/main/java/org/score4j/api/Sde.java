package org.score4j.api;

/**
 * A forward process with linear drift (Song et al. 2021, "Score-based generative modeling through
 * stochastic differential equations", eq. 5):
 *
 * <pre>
 *   dx = f(t) x dt + g(t) dw,    x_t | x_0 ~ N(alpha(t) x_0, sigma(t)^2 I),
 *   f = d ln alpha / dt,         g^2 = d sigma^2 / dt - 2 f sigma^2.
 * </pre>
 *
 * <p>Host mathematics in double, no tensors. Implementations use {@code expm1} and {@code log1p}
 * where a difference would cancel, so that every coefficient is right to rounding as {@code t ->
 * startTime}.
 */
@PluginService
public interface Sde {

  /** The drift's factor {@code f(t)}. */
  double drift(double t);

  /** The diffusion coefficient {@code g(t)}, 0 or above. */
  double diffusion(double t);

  /** The factor of the clean data {@code alpha(t)}, in (0, 1], 1 at time 0. */
  double alpha(double t);

  /** The standard deviation of the noise {@code sigma(t)}, increasing, close to 0 at time 0. */
  double sigma(double t);

  /** The time at which sampling stops: above 0, because the score may diverge there. */
  double startTime();

  /** The smallest time that training and likelihood use; {@link #startTime()} unless overridden. */
  default double trainingStartTime() {
    return startTime();
  }

  /** The time at which {@code x_t} is, to all purposes, drawn from the prior. */
  double endTime();

  /** Standard deviation of the prior at {@link #endTime()}, a centred isotropic Gaussian. */
  default double priorStandardDeviation() {
    return sigma(endTime());
  }

  /** {@code alpha} and {@code sigma} at one time. */
  default NoiseLevel level(double t) {
    return new NoiseLevel(t, alpha(t), sigma(t));
  }

  /** {@code ln(alpha(t)^2 / sigma(t)^2)}, strictly decreasing in {@code t}. */
  default double logSnr(double t) {
    return level(t).logSnr();
  }

  /**
   * The exact step from {@code s} to {@code t}.
   *
   * <p>With {@code lambda = logSnr}: {@code sigma_ts^2 = alpha_ts^2 sigma_s^2 expm1(lambda_s -
   * lambda_t)}, which does not cancel where {@code sigma_t^2 - alpha_ts^2 sigma_s^2} would.
   *
   * @param s the earlier time
   * @param t the later time, not before {@code s}
   * @throws IllegalArgumentException if {@code t} is before {@code s}
   */
  default Transition transition(double s, double t) {
    if (t < s) {
      throw new IllegalArgumentException("transition from " + s + " to the earlier time " + t);
    }
    double alpha = alpha(t) / alpha(s);
    double sigma =
        sigma(s) == 0 ? sigma(t) : alpha * sigma(s) * Math.sqrt(Math.expm1(logSnr(s) - logSnr(t)));
    return new Transition(alpha, sigma);
  }

  /**
   * The time in [0, endTime] at which {@link #logSnr(double)} takes a value; the nearer end if it
   * is never reached. By bisection unless overridden.
   */
  default double timeAt(double logSnr) {
    double low = 0;
    double high = endTime();
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return Math.abs(logSnr(low) - logSnr) < Math.abs(logSnr(high) - logSnr) ? low : high;
      }
      if (logSnr(middle) > logSnr) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }
}
