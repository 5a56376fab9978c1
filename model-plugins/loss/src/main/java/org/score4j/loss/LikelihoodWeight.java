package org.score4j.loss;

import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;

/**
 * {@code lambda = g^2} (Song et al. 2021, "Maximum likelihood training of score-based diffusion
 * models", theorem 1): the objective bounds the negative log-likelihood of the data from above,
 *
 * <pre>  w = g^2 / sigma^2.</pre>
 *
 * <p>Under {@code uniform} times of a process that starts from clean data the weights reach 1e5,
 * and so does the variance of the gradient; {@link ImportanceTimes} makes them alike at all times.
 */
@PluginName("likelihood")
public record LikelihoodWeight() implements LossWeight {

  @Override
  public double of(Sde sde, NoiseLevel level) {
    double ratio = sde.diffusion(level.t()) / level.sigma();
    return ratio * ratio;
  }
}
