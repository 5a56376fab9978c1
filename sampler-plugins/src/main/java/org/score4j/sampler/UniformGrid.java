package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;

/**
 * Times at equal distances (Song et al. 2021): {@code t_i = T + (i / N) (t_0 - T)} from {@code T =
 * endTime} to {@code t_0 = startTime}.
 */
@PluginName("uniform")
public record UniformGrid() implements TimeGrid {

  @Override
  public double[] times(Sde sde, int steps) {
    return GridTimes.between(
        sde,
        steps,
        i -> {
          double done = (double) i / steps;
          return (1 - done) * sde.endTime() + done * sde.startTime();
        });
  }
}
