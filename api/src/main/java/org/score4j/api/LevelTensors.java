package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A {@link NoiseLevel} in a graph: three float32 vectors, each of shape [B], one level for every
 * example, or [1], one level for all.
 */
public interface LevelTensors {

  /** Time of the forward process. */
  Operand<TFloat32> t();

  /** Factor of the clean data. */
  Operand<TFloat32> alpha();

  /** Standard deviation of the noise. */
  Operand<TFloat32> sigma();

  /**
   * Reshapes a vector [B] or [1] so that it multiplies a tensor [B, ...] example by example.
   *
   * @param vector one of this level's tensors, or a function of them
   * @param like the tensor it is to be multiplied with; its rank must be known
   */
  static Term align(Ops tf, Operand<TFloat32> vector, Operand<TFloat32> like) {
    return Term.of(tf, vector).along(like);
  }
}
