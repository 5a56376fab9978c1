package org.score4j.api;

/**
 * The exact step of the forward process between two times: {@code x_t | x_s ~ N(alpha x_s, sigma^2
 * I)} for {@code s <= t}.
 *
 * @param alpha {@code alpha(t) / alpha(s)}
 * @param sigma {@code sqrt(sigma(t)^2 - alpha^2 sigma(s)^2)}
 */
public record Transition(double alpha, double sigma) {

  /** Variance of the noise that the step adds. */
  public double variance() {
    return sigma * sigma;
  }
}
