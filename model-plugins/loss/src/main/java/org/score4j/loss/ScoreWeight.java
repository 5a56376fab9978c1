package org.score4j.loss;

import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;

/**
 * {@code lambda = 1}, that is w = 1 / sigma^2: the squared error of the score itself (Hyvarinen
 * 2005; Vincent 2011, eq. 9). For a single noise level: over several, the least noise drowns all
 * others.
 */
@PluginName("score")
public record ScoreWeight() implements LossWeight {

  @Override
  public double of(Sde sde, NoiseLevel level) {
    return 1 / (level.sigma() * level.sigma());
  }
}
