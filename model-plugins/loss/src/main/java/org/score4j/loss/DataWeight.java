package org.score4j.loss;

import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;

/**
 * The plain squared error of the predicted clean data, {@code |D - x_0|^2}: with D - x_0 = sigma /
 * alpha times the error of the noise,
 *
 * <pre>  w = sigma^2 / alpha^2.</pre>
 *
 * <p>Noisy levels count most; for a network that predicts denoised data it is the target's own
 * error (Salimans and Ho 2022, "truncated SNR" without the truncation).
 */
@PluginName("data")
public record DataWeight() implements LossWeight {

  @Override
  public double of(Sde sde, NoiseLevel level) {
    return Math.exp(-level.logSnr());
  }
}
