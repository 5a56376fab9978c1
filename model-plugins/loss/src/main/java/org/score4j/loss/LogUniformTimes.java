package org.score4j.loss;

import java.util.random.RandomGenerator;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;

/**
 * {@code ln(sigma / alpha)} uniform between its values at trainingStartTime and endTime: every
 * octave of noise as often as any other. A variance-exploding process has that with {@code uniform}
 * times.
 */
@PluginName("log-uniform")
public record LogUniformTimes() implements TimeDistribution {

  @Override
  public double[] draw(Sde sde, int batch, RandomGenerator random) {
    double high = sde.logSnr(sde.trainingStartTime());
    double low = sde.logSnr(sde.endTime());
    return random
        .doubles(batch)
        .map(u -> Math.max(sde.trainingStartTime(), sde.timeAt(high + u * (low - high))))
        .toArray();
  }
}
