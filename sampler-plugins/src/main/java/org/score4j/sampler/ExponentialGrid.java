package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;

/**
 * Noise levels that fall by the same factor in every step (the exponential schedule of
 * k-diffusion): uniform in {@code ln(sigma / alpha)}, which is {@link LogSnrGrid} under another
 * name.
 */
@PluginName("exponential")
public record ExponentialGrid() implements TimeGrid {

  @Override
  public double[] times(Sde sde, int steps) {
    return new LogSnrGrid().times(sde, steps);
  }
}
