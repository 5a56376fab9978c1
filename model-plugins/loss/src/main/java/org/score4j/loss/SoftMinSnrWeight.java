package org.score4j.loss;

import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Validation;

/**
 * The soft-min-SNR weight of k-diffusion (Crowson et al. 2024): with s = sigma / alpha and sd the
 * data's standard deviation, {@code (s sd)^2 / (s^2 + sd^2)^2} of the error of the network inside
 * {@code edm-preconditioned}, hence {@code 1 / (s^2 + sd^2)} of {@code |D - x_0|^2} and
 *
 * <pre>  w = s^2 / (s^2 + sd^2) = 1 / (1 + sd^2 SNR).</pre>
 *
 * <p>{@link MinSnrWeight} with gamma = 1 / sd^2 and its corner rounded.
 *
 * @param dataStandardDeviation sd, of the clean data
 */
@PluginName("soft-min-snr")
public record SoftMinSnrWeight(double dataStandardDeviation) implements LossWeight {

  /** Checks the component. */
  public SoftMinSnrWeight {
    Validation.begin().positive("dataStandardDeviation", dataStandardDeviation).end();
  }

  /** That of images in [-1, 1]. */
  public SoftMinSnrWeight() {
    this(0.5);
  }

  @Override
  public double of(Sde sde, NoiseLevel level) {
    return 1 / (1 + dataStandardDeviation * dataStandardDeviation * Math.exp(level.logSnr()));
  }
}
