package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * A polynomial in the logarithm of the noise (the polyexponential schedule of k-diffusion):
 *
 * <pre>
 *   ln r_i = ln r_min + (1 - i/N)^rho (ln r_max - ln r_min),   i = 0 ... N,
 * </pre>
 *
 * <p>for the noise-to-signal ratio {@code r = sigma / alpha} between those of {@code endTime} and
 * {@code startTime}.
 *
 * @param rho above 0; above 1 steps shorten towards low noise, 1 is {@link ExponentialGrid}
 */
@PluginName("polyexponential")
public record PolyexponentialGrid(double rho) implements TimeGrid {

  /** The default of k-diffusion, 1. */
  public PolyexponentialGrid() {
    this(1);
  }

  /** Checks the components. */
  public PolyexponentialGrid {
    Validation.begin().positive("rho", rho).end();
  }

  @Override
  public double[] times(Sde sde, int steps) {
    return GridTimes.byLogRatioLeft(sde, steps, left -> Math.pow(left, rho));
  }
}
