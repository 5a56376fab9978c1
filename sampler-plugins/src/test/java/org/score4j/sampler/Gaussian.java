package org.score4j.sampler;

import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.random.GivenNoise;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.testkit.TwoModes;
import org.tensorflow.ndarray.Shape;

/** Data N(mean, deviation^2), on which a sampler can be held against formulas. */
record Gaussian(Sde sde, double mean, double deviation) {
  private static final int MOST_DRAWS = 200;

  /** Where samplers end that start there. */
  float[] run(Sampler sampler, float... start) {
    try (var program = program(sampler, start.length, new SamplingOptions())) {
      return program.drawFrom(start, 0, 0, n -> 0, Progress.NONE);
    }
  }

  /** Evaluations of the network in one draw. */
  long evaluations(Sampler sampler) {
    try (var program = program(sampler, 1, new SamplingOptions())) {
      program.draw(0, 0, n -> 0, Progress.NONE);
      return program.evaluations();
    }
  }

  private SamplingProgram program(Sampler sampler, int batch, SamplingOptions options) {
    var data = TwoModes.gaussian(mean, deviation);
    return new SamplingProgram(
        sde, data, sampler, Shape.of(1), batch, 0, Precision.FLOAT32, options);
  }

  /**
   * The exact law of what a linear sampler draws: its answers to the initial state and to each draw
   * of noise, one at a time, tell how much of each is in the sample.
   */
  Moments law(Sampler sampler) {
    int answers = MOST_DRAWS + 2;
    float[] start = new float[answers];
    start[1] = (float) sde.priorStandardDeviation();
    int[] draws = {0};
    GivenNoise oneEach =
        () -> {
          float[] noise = new float[answers];
          noise[2 + draws[0]++] = 1;
          return noise;
        };
    float[] end;
    try (var program = program(sampler, answers, new SamplingOptions().with(oneEach))) {
      end = program.drawFrom(start, 0, 0, n -> 0, Progress.NONE);
    }
    NoiseLevel from = sde.level(sde.endTime());
    double kept = ((double) end[1] - end[0]) / start[1];
    double variance = kept * kept * variance(from);
    for (int i = 0; i < draws[0]; i++) {
      variance += Math.pow((double) end[2 + i] - end[0], 2);
    }
    return new Moments(end[0] + kept * from.alpha() * mean, variance);
  }

  private double variance(NoiseLevel level) {
    return Moments.marginal(mean, deviation, level).variance();
  }
}
