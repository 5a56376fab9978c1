package org.score4j.api;

/**
 * How noisy {@code x_t ~ N(alpha x_0, sigma^2 I)} is.
 *
 * @param t time of the forward process
 * @param alpha factor of the clean data, in (0, 1]
 * @param sigma standard deviation of the noise, 0 or above
 */
public record NoiseLevel(double t, double alpha, double sigma) {

  /** Logarithm of the signal-to-noise ratio, {@code 2 ln(alpha / sigma)}. */
  public double logSnr() {
    return 2 * (Math.log(alpha) - Math.log(sigma));
  }
}
