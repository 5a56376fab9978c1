package org.score4j.api;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The {@link ScoreField} at what a {@link Register} holds, with {@link SamplerGraph#at}. However
 * many forms are asked for, they cost one evaluation of the network.
 */
public interface FieldAt {

  /** What the register holds when a kernel starts, [B, ...], as samples at the noise level. */
  Operand<TFloat32> x();

  /** The score at {@link #x}; same shape. */
  Operand<TFloat32> score();

  /** The expected noise at {@link #x}; same shape. */
  Operand<TFloat32> noise();

  /** The expected clean data at {@link #x}; same shape. */
  Operand<TFloat32> denoised();

  /**
   * Where the variance of a reverse step lies, as {@link ScoreField#varianceInterpolation}; empty
   * if the model has not learned it.
   */
  Optional<Operand<TFloat32>> varianceInterpolation();
}
