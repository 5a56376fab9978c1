package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Times whose roots are at equal distances (Zhang and Chen 2023; with rho = 2 the quadratic times
 * of Song, Meng and Ermon 2021, appendix D.2):
 *
 * <pre>
 *   t_i = (T^(1/rho) + i/N (t_0^(1/rho) - T^(1/rho)))^rho,   i = 0 ... N,
 *   T = endTime,   t_0 = startTime.
 * </pre>
 *
 * @param rho how far steps are shortened near the data, above 0; 1 for steps of equal length
 */
@PluginName("power")
public record PowerGrid(double rho) implements TimeGrid {

  /** Quadratic. */
  public PowerGrid() {
    this(2);
  }

  /** Checks the components. */
  public PowerGrid {
    Validation.begin().positive("rho", rho).end();
  }

  @Override
  public double[] times(Sde sde, int steps) {
    double largest = Math.pow(sde.endTime(), 1 / rho);
    double smallest = Math.pow(sde.startTime(), 1 / rho);
    return GridTimes.between(
        sde,
        steps,
        i -> {
          double done = (double) i / steps;
          return Math.pow((1 - done) * largest + done * smallest, rho);
        });
  }
}
