package org.score4j.testkit;

import java.util.stream.IntStream;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingProgram;
import org.tensorflow.ndarray.Shape;

/**
 * The probability flow (Song et al. 2021, eq. 13) of data N(mean, deviation^2), which is known:
 * with {@code V = alpha^2 deviation^2 + sigma^2}, it keeps
 *
 * <pre>
 *   (x - alpha mean) / sqrt(V).
 * </pre>
 *
 * @param sde the forward process
 * @param mean of the data
 * @param deviation standard deviation of the data
 */
public record GaussianFlow(Sde sde, double mean, double deviation) {

  /** Where the flow from {@code x} at {@link Sde#endTime()} is at {@link Sde#startTime()}. */
  public double end(double x) {
    NoiseLevel from = sde.level(sde.endTime());
    NoiseLevel to = sde.level(sde.startTime());
    return to.alpha() * mean + scale(to) / scale(from) * (x - from.alpha() * mean);
  }

  /**
   * Where a sampler ends that is given the exact score.
   *
   * @param seed of the noise, if the sampler draws any
   * @param start initial states at {@link Sde#endTime()}, drawn as one batch
   */
  public float[] run(Sampler sampler, long seed, float... start) {
    var data = TwoModes.gaussian(mean, deviation);
    try (var program =
        new SamplingProgram(sde, data, sampler, Shape.of(1), start.length, 0, Precision.FLOAT32)) {
      return program.drawFrom(start, seed, 0, n -> 0, Progress.NONE);
    }
  }

  /** Largest distance of a sampler from the flow, over five states as wide as the prior's. */
  public double error(Sampler sampler) {
    float[] start = starts();
    float[] end = run(sampler, 0, start);
    return IntStream.range(0, end.length)
        .mapToDouble(i -> Math.abs(end(start[i]) - end[i]))
        .max()
        .orElseThrow();
  }

  /** Two prior deviations to either side. */
  float[] starts() {
    float prior = (float) sde.priorStandardDeviation();
    return new float[] {-2 * prior, -prior, 0.3f * prior, prior, 2 * prior};
  }

  private double scale(NoiseLevel level) {
    return Math.hypot(level.alpha() * deviation, level.sigma());
  }
}
