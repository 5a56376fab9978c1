package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.testkit.TwoModes;
import org.tensorflow.ndarray.Shape;

/**
 * Mean and variance of a sampler's state. On Gaussian data the score is linear in x, so that the
 * moments of a sampler's result are known for any number of steps, however few.
 */
record Moments(double mean, double variance) {
  private static final int EXAMPLE = 64;

  /** A million numbers: a mean is known to 0.001 standard deviations, a variance to 0.14%. */
  private static final int BATCH = 16_384;

  static final double STANDARD_ERROR = 1 / Math.sqrt((double) BATCH * EXAMPLE);

  static Moments prior(Sde sde) {
    return new Moments(0, Math.pow(sde.priorStandardDeviation(), 2));
  }

  /** Of data N(mean, deviation^2) at a noise level. */
  static Moments marginal(double mean, double deviation, NoiseLevel level) {
    return new Moments(
        level.alpha() * mean, Math.pow(level.alpha() * deviation, 2) + Math.pow(level.sigma(), 2));
  }

  /** Of what the sampler draws. */
  static Moments drawn(Sampler sampler, Sde sde, double mean, double deviation) {
    var data = TwoModes.gaussian(mean, deviation);
    try (var program =
        new SamplingProgram(sde, data, sampler, Shape.of(EXAMPLE), BATCH, 0, Precision.FLOAT32)) {
      float[] x = program.draw(1, 0, n -> 0, Progress.NONE);
      double sum = 0;
      for (float value : x) {
        sum += value;
      }
      double average = sum / x.length;
      double squares = 0;
      for (float value : x) {
        squares += (value - average) * (value - average);
      }
      return new Moments(average, squares / x.length);
    }
  }

  /** After {@code x = scale x + drift score(x) + N(0, added)}, the score that of a marginal. */
  Moments step(double scale, double drift, Moments marginal, double added) {
    double pull = drift / marginal.variance;
    double factor = scale - pull;
    return new Moments(factor * mean + pull * marginal.mean, factor * factor * variance + added);
  }

  /** Equal up to five standard errors of a drawn mean and variance. */
  void assertMatch(Moments drawn) {
    assertEquals(
        0, (drawn.mean - mean) / Math.sqrt(variance), 5 * STANDARD_ERROR, "mean of " + drawn);
    assertEquals(
        1, drawn.variance / variance, 5 * Math.sqrt(2) * STANDARD_ERROR, "variance of " + drawn);
  }
}
