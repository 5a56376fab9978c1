package org.score4j.api;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The score of the noised data, in the three forms that samplers and losses ask for:
 *
 * <pre>
 *   score    = grad_x log p_t(x),
 *   noise    = -sigma score            (the expected z of x = alpha x_0 + sigma z),
 *   denoised = (x + sigma^2 score) / alpha    (Tweedie's formula: E[x_0 | x]).
 * </pre>
 *
 * <p>Each comes from the network's own {@link Prediction} by the shortest route, and asking for
 * several at one {@code x} and level costs one evaluation of the network. Control methods
 * (guidance, inpainting) wrap a field.
 */
public interface ScoreField {

  /** The score at {@code x} [B, ...]; same shape. */
  Operand<TFloat32> score(Operand<TFloat32> x, LevelTensors level);

  /** The expected noise at {@code x} [B, ...]; same shape. */
  Operand<TFloat32> noise(Operand<TFloat32> x, LevelTensors level);

  /** The expected clean data at {@code x} [B, ...]; same shape. */
  Operand<TFloat32> denoised(Operand<TFloat32> x, LevelTensors level);

  /**
   * Where the variance of a reverse step lies between that of the posterior, at 0, and that of the
   * transition, at 1, on a logarithmic scale (Nichol and Dhariwal 2021, eq. 15), at {@code x} [B,
   * ...]; same shape, not bounded. Empty if the model has not learned it.
   */
  default Optional<Operand<TFloat32>> varianceInterpolation(
      Operand<TFloat32> x, LevelTensors level) {
    return Optional.empty();
  }
}
