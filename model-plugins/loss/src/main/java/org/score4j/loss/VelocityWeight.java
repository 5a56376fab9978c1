package org.score4j.loss;

import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;

/**
 * The plain squared error of the velocity v = alpha z - sigma x_0 (Salimans and Ho 2022, section
 * 4): at a given x its error is (alpha^2 + sigma^2) / alpha times that of the noise,
 *
 * <pre>  w = ((alpha^2 + sigma^2) / alpha)^2,</pre>
 *
 * <p>which is 1 + sigma^2 / alpha^2 for variance-preserving processes: the weights of noise and of
 * data together ("SNR + 1").
 */
@PluginName("velocity")
public record VelocityWeight() implements LossWeight {

  @Override
  public double of(Sde sde, NoiseLevel level) {
    double alpha = level.alpha();
    double factor = (alpha * alpha + level.sigma() * level.sigma()) / alpha;
    return factor * factor;
  }
}
