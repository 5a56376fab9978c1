package org.score4j.loss;

import java.util.random.RandomGenerator;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;

/** t uniform on [trainingStartTime, endTime] (Song et al. 2021, eq. 7). */
@PluginName("uniform")
public record UniformTimes() implements TimeDistribution {

  @Override
  public double[] draw(Sde sde, int batch, RandomGenerator random) {
    double start = sde.trainingStartTime();
    return random.doubles(batch).map(u -> start + u * (sde.endTime() - start)).toArray();
  }
}
