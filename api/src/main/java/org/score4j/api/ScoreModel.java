package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A network, or a formula, that tells the score of noised data. */
@PluginService
public interface ScoreModel {

  /**
   * Adds the model to a graph.
   *
   * @param scope where its parameters live
   * @param x noised data [B, H, W, C] or [B, D]; B may be unknown (-1), the rest is known
   * @param level noise level of each example
   * @param condition what else is known of the examples
   * @return the model's {@link #prediction()}, of the shape of {@code x}; or of twice as many
   *     channels, the last axis, where a model has learned the variance too: the second half is
   *     then {@code 2 v - 1}, v being {@link ScoreField#varianceInterpolation}
   * @throws InvalidValueException if a component does not suit the shape of the data
   */
  Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition);

  /** What the output of {@link #apply} stands for. */
  Prediction prediction();

  /**
   * Whether it takes the class of each example; if not, its output does not depend on the labels of
   * the {@link Condition}. True unless overridden.
   */
  default boolean conditional() {
    return true;
  }
}
