package org.score4j.loss;

import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Validation;

/**
 * Min-SNR-gamma (Hang et al. 2023, eq. 8): {@code min(SNR, gamma)} of {@code |D - x_0|^2}, with SNR
 * = alpha^2 / sigma^2, that is
 *
 * <pre>  w = min(1, gamma / SNR).</pre>
 *
 * <p>It is one objective for every prediction: min(SNR, gamma) / SNR of the noise's error, and of
 * the velocity's min(SNR, gamma) / (SNR + 1).
 *
 * @param gamma above 0
 */
@PluginName("min-snr")
public record MinSnrWeight(double gamma) implements LossWeight {

  /** Checks the component. */
  public MinSnrWeight {
    Validation.begin().positive("gamma", gamma).end();
  }

  /** Gamma 5, as published. */
  public MinSnrWeight() {
    this(5);
  }

  @Override
  public double of(Sde sde, NoiseLevel level) {
    return Math.min(1, gamma * Math.exp(-level.logSnr()));
  }
}
