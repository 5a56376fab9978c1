package org.score4j.loss;

import java.util.random.RandomGenerator;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;
import org.score4j.api.Validation;

/**
 * The noise levels of NCSN (Song and Ermon 2019, section 4): L values of sigma / alpha in geometric
 * progression from the process's most noise to its least, each as likely as any other.
 *
 * @param levels L, 2 or more
 */
@PluginName("geometric")
public record GeometricLevels(int levels) implements TimeDistribution {

  /** Checks the component. */
  public GeometricLevels {
    Validation.begin().count("levels", levels, 2).end();
  }

  /** Ten levels, as published. */
  public GeometricLevels() {
    this(10);
  }

  @Override
  public double[] draw(Sde sde, int batch, RandomGenerator random) {
    double high = sde.logSnr(sde.trainingStartTime());
    double low = sde.logSnr(sde.endTime());
    double[] times = new double[levels];
    for (int i = 0; i < levels; i++) {
      double logSnr = low + (high - low) * i / (levels - 1);
      times[i] = Math.max(sde.trainingStartTime(), sde.timeAt(logSnr));
    }
    return random.ints(batch, 0, levels).mapToDouble(i -> times[i]).toArray();
  }
}
