package org.score4j.loss;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;
import org.score4j.api.Validation;

/**
 * One noise level for all examples (Vincent 2011).
 *
 * @param sigma of the noise, in units of which the clean data's factor is 1; a level beyond those
 *     of the process becomes its first or its last, so that 0, the default, is the process's least
 *     noise
 */
@PluginName("single-level")
public record SingleLevel(double sigma) implements TimeDistribution {

  /** Checks the component. */
  public SingleLevel {
    Validation.begin().notNegative("sigma", sigma).end();
  }

  /** The process's least noise. */
  public SingleLevel() {
    this(0);
  }

  @Override
  public double[] draw(Sde sde, int batch, RandomGenerator random) {
    double start = sde.trainingStartTime();
    double time = sigma == 0 ? start : Math.max(start, sde.timeAt(-2 * Math.log(sigma)));
    double[] times = new double[batch];
    Arrays.fill(times, time);
    return times;
  }
}
