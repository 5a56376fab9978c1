package org.score4j.model;

import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a RefineNet does to activations x [B, H, W, C] ahead of a layer; same shape. */
@FunctionalInterface
interface Normalization {

  /** Adds the operations; parameters are the scope's own. */
  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x);

  /** Leaves activations as they are. */
  static Normalization none() {
    return (scope, x) -> x;
  }
}
