package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A classifier in a graph: log p(class | x_t) up to a constant of each example. */
@FunctionalInterface
public interface ClassLogits {

  /** Adds the classifier's operations: {@code x} [B, ...] to [B, classes]. */
  Operand<TFloat32> apply(Operand<TFloat32> x, LevelTensors level);
}
