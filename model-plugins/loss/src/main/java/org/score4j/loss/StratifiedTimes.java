package org.score4j.loss;

import java.util.random.RandomGenerator;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;

/**
 * Uniform times, spread evenly over the batch (Kingma et al. 2021, appendix I.1): with one u
 * uniform on [0, 1) for the whole batch,
 *
 * <pre>  t_i = start + (end - start) (u / B + i / B),    i = 0 .. B - 1.</pre>
 *
 * <p>Each t_i, of an example drawn at random, is uniform; their mean loss varies less than with
 * independent times.
 */
@PluginName("stratified")
public record StratifiedTimes() implements TimeDistribution {

  @Override
  public double[] draw(Sde sde, int batch, RandomGenerator random) {
    double start = sde.trainingStartTime();
    double stratum = (sde.endTime() - start) / batch;
    double offset = random.nextDouble();
    double[] times = new double[batch];
    for (int i = 0; i < batch; i++) {
      times[i] = start + stratum * (i + offset);
    }
    return times;
  }
}
