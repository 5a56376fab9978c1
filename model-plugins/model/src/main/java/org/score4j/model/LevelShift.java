package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** How a residual block is told the noise level: h [B, H, W, C] plus a number for each channel. */
@FunctionalInterface
interface LevelShift {

  /** Shifted activations; parameters are in the scope's {@code embedding}. */
  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> h);

  /** Adds W e + b for an embedding e [B, E] or [1, E]. */
  static LevelShift by(Operand<TFloat32> embedding) {
    return (scope, h) -> {
      var tf = scope.tf();
      int channels = (int) h.shape().get(3);
      var shift =
          new Dense(channels, Initializer.fanAverageUniform(1), Precision.FLOAT32)
              .apply(scope.child("embedding"), embedding);
      return tf.math.add(h, tf.reshape(shift, tf.constant(new int[] {-1, 1, 1, channels})));
    };
  }

  /** Tells nothing. */
  static LevelShift none() {
    return (scope, h) -> h;
  }
}
