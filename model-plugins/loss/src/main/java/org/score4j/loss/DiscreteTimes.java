package org.score4j.loss;

import java.util.random.RandomGenerator;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;
import org.score4j.api.Validation;

/**
 * The steps of a discrete process (Ho et al. 2020, algorithm 1): k uniform on 1, ..., T, and
 *
 * <pre>  t = endTime k / T,</pre>
 *
 * <p>which in a {@code ddpm} process of T steps is k itself.
 *
 * @param steps T, 1 or more
 */
@PluginName("discrete")
public record DiscreteTimes(int steps) implements TimeDistribution {

  /** Checks the component. */
  public DiscreteTimes {
    Validation.begin().count("steps", steps, 1).end();
  }

  /** A thousand steps. */
  public DiscreteTimes() {
    this(1000);
  }

  @Override
  public double[] draw(Sde sde, int batch, RandomGenerator random) {
    return random.ints(batch, 1, steps + 1).mapToDouble(k -> sde.endTime() * k / steps).toArray();
  }
}
