package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Numbers, one for each sample of the batch, that the host gives to a {@link Kernel} each time it
 * runs: an adaptive method's own step for each sample.
 */
public interface PerSample {

  /** The numbers in the graph, shape [B]; {@link LevelTensors#align} fits them to a state. */
  Operand<TFloat32> value();

  /**
   * The numbers for one run; rounded to float32 here and nowhere before.
   *
   * @param values as many as {@link SamplerGraph#batch()}
   * @throws IllegalArgumentException if there are more or fewer
   */
  Feed are(double[] values);
}
