package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A network, or a formula, that tells the class of noised data. */
@PluginService
public interface Classifier {

  /**
   * Adds the classifier to a graph.
   *
   * @param scope where its parameters live
   * @param x noised data [B, H, W, C] or [B, D]; B may be unknown (-1), the rest is known
   * @param level noise level of each example
   * @param classes number of classes, 1 or more
   * @return log p(class | x) up to a constant of each example, [B, classes]
   * @throws InvalidValueException if a component does not suit the data
   */
  Operand<TFloat32> logits(ModelScope scope, Operand<TFloat32> x, LevelTensors level, int classes);
}
