package org.score4j.loss;

import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;

/**
 * {@code lambda = sigma^2}, that is w = 1: the error of the noise counts alike at every level (Song
 * and Ermon 2019, section 4.2; Song et al. 2021, eq. 7).
 */
@PluginName("sigma-squared")
public record SigmaSquaredWeight() implements LossWeight {

  @Override
  public double of(Sde sde, NoiseLevel level) {
    return 1;
  }
}
