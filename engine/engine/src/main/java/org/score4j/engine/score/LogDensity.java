package org.score4j.engine.score;

import java.util.Arrays;

/**
 * The log-density of an example by the change of variables along a path x(t) of the
 * probability-flow ODE (Song et al. 2021, eq. 39), in nats:
 *
 * <pre>  ln p(x(start)) = ln N(x(end); 0, prior^2 I) + integral of div(dx/dt) dt</pre>
 *
 * @param prior log-density of the path's end under the prior
 * @param changes the integral, or an estimate of it for each probe
 */
public record LogDensity(double prior, double[] changes) {

  /** The mean over the probes. */
  public double value() {
    return prior + mean();
  }

  /** Standard error of {@link #value()} by the spread of the probes; NaN if there is but one. */
  public double standardError() {
    double mean = mean();
    double squares = Arrays.stream(changes).map(c -> (c - mean) * (c - mean)).sum();
    return Math.sqrt(squares / (changes.length - 1) / changes.length);
  }

  private double mean() {
    return Arrays.stream(changes).average().orElseThrow();
  }

  /** Under the centred normal distribution of a standard deviation in every dimension. */
  public static double normal(float[] z, int first, int count, double deviation) {
    double squares = 0;
    for (int i = first; i < first + count; i++) {
      squares += (double) z[i] * z[i];
    }
    return -squares / (2 * deviation * deviation)
        - count * (Math.log(2 * Math.PI) / 2 + Math.log(deviation));
  }
}
