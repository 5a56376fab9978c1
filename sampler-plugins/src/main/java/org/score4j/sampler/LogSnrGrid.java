package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;

/**
 * Times at equal distances in the log-SNR (Lu et al. 2022, "DPM-Solver", section 3.3): {@code
 * lambda_i = lambda_0 + i/N (lambda_N - lambda_0)}, so that the noise-to-signal ratio {@code sigma
 * / alpha} falls by the same factor in every step.
 */
@PluginName("log-snr")
public record LogSnrGrid() implements TimeGrid {

  @Override
  public double[] times(Sde sde, int steps) {
    return GridTimes.byLogRatioLeft(sde, steps, left -> left);
  }
}
