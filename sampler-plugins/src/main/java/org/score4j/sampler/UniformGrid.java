package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Times at equal distances (Song et al. 2021): {@code t_i = T + (i / N) (t_0 - T)} from {@code T =
 * endTime} to {@code t_0 = startTime}.
 */
@PluginName("uniform")
public record UniformGrid() implements TimeGrid {

  @Override
  public double[] times(Sde sde, int steps) {
    Validation.begin().atLeast("steps", steps, 1).end();
    double[] times = new double[steps + 1];
    for (int i = 0; i <= steps; i++) {
      // A weighted mean, unlike a sum of steps, meets both ends exactly.
      double done = (double) i / steps;
      times[i] = (1 - done) * sde.endTime() + done * sde.startTime();
    }
    return times;
  }
}
