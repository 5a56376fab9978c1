package org.score4j.api;

import java.util.random.RandomGenerator;

/** How the times of a training batch are drawn. */
@PluginService
public interface TimeDistribution {

  /**
   * Draws times in [trainingStartTime, endTime].
   *
   * @param batch number of times
   * @param random the only source of randomness to use, so that a run can be repeated
   */
  double[] draw(Sde sde, int batch, RandomGenerator random);

  /**
   * What an example of this time must be multiplied with so that the objective is the one of
   * uniform times; 1 unless overridden, which makes the distribution a part of the objective.
   */
  default double correction(Sde sde, double t) {
    return 1;
  }
}
