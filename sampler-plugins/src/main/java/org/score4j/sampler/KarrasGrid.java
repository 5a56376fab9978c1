package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Noise levels whose roots are at equal distances (Karras et al. 2022, eq. 5):
 *
 * <pre>
 *   r_i = (r_max^(1/rho) + i/N (r_min^(1/rho) - r_max^(1/rho)))^rho,   i = 0 ... N,
 * </pre>
 *
 * <p>for the noise-to-signal ratio {@code r = sigma / alpha}, which is the paper's sigma in any
 * process, between those of {@code endTime} and {@code startTime}. The paper's n levels are N = n -
 * 1 steps here; its last step, to no noise at all, is the sampler's.
 *
 * @param rho how far steps are shortened at low noise, above 0; 1 for equal steps of the ratio
 */
@PluginName("karras")
public record KarrasGrid(double rho) implements TimeGrid {

  /** The paper's rho, 7. */
  public KarrasGrid() {
    this(7);
  }

  /** Checks the components. */
  public KarrasGrid {
    Validation.begin().positive("rho", rho).end();
  }

  @Override
  public double[] times(Sde sde, int steps) {
    double largest = Math.exp(GridTimes.logRatio(sde, sde.endTime()) / rho);
    double smallest = Math.exp(GridTimes.logRatio(sde, sde.startTime()) / rho);
    return GridTimes.byLogRatio(
        sde,
        steps,
        i -> {
          double done = (double) i / steps;
          return rho * Math.log((1 - done) * largest + done * smallest);
        });
  }
}
