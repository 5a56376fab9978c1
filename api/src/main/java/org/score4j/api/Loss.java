package org.score4j.api;

import java.util.random.RandomGenerator;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An objective whose minimiser over all models is the score of the noised data. */
@PluginService
public interface Loss {

  /** Adds the loss of each example to the graph: shape [B]. Training minimises the mean. */
  Operand<TFloat32> perExample(LossGraph graph);

  /**
   * Draws the time of each example; uniform on [trainingStartTime, endTime] unless overridden.
   *
   * @param batch number of times
   * @param random the only source of randomness to use, so that a run can be repeated
   */
  default double[] drawTimes(Sde sde, int batch, RandomGenerator random) {
    double start = sde.trainingStartTime();
    return random.doubles(batch).map(u -> start + u * (sde.endTime() - start)).toArray();
  }
}
