package org.score4j.loss;

import java.util.random.RandomGenerator;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;
import org.score4j.api.Validation;

/**
 * {@code ln(sigma / alpha) ~ N(mean, standardDeviation^2)} (Karras et al. 2022, table 1): most of
 * the effort where it changes samples most. Levels beyond those of the process become its first and
 * its last.
 *
 * @param mean of ln(sigma / alpha)
 * @param standardDeviation of it, above 0
 */
@PluginName("log-normal")
public record LogNormalTimes(double mean, double standardDeviation) implements TimeDistribution {

  /** Checks the components. */
  public LogNormalTimes {
    Validation.begin()
        .rule(Double.isFinite(mean), "mean", mean, "must be finite")
        .positive("standardDeviation", standardDeviation)
        .end();
  }

  /** As published for images in [-1, 1]. */
  public LogNormalTimes() {
    this(-1.2, 1.2);
  }

  @Override
  public double[] draw(Sde sde, int batch, RandomGenerator random) {
    double[] times = new double[batch];
    for (int i = 0; i < batch; i++) {
      double logSnr = -2 * (mean + standardDeviation * random.nextGaussian());
      times[i] = Math.max(sde.trainingStartTime(), sde.timeAt(logSnr));
    }
    return times;
  }
}
