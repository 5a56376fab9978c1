package org.score4j.loss;

import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Validation;

/**
 * The weight of EDM (Karras et al. 2022, table 1): of {@code |D - x_0|^2}, with s = sigma / alpha
 * and sd the data's standard deviation,
 *
 * <pre>  lambda = (s^2 + sd^2) / (s sd)^2,    that is  w = 1 + (s / sd)^2.</pre>
 *
 * <p>The error of the network inside {@code edm-preconditioned} then counts alike at every level.
 *
 * @param dataStandardDeviation sd, of the clean data
 */
@PluginName("edm")
public record EdmWeight(double dataStandardDeviation) implements LossWeight {

  /** Checks the component. */
  public EdmWeight {
    Validation.begin().positive("dataStandardDeviation", dataStandardDeviation).end();
  }

  /** That of images in [-1, 1]. */
  public EdmWeight() {
    this(0.5);
  }

  @Override
  public double of(Sde sde, NoiseLevel level) {
    double ratio = level.sigma() / (level.alpha() * dataStandardDeviation);
    return 1 + ratio * ratio;
  }
}
