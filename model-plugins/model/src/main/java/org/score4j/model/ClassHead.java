package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The end of a classifier: from features [B, H, W, C] to logits [B, classes]. */
final class ClassHead {

  private ClassHead() {}

  /** W mean(swish(norm(h))) + b, with the mean over pixels; W starts at zero. */
  static Operand<TFloat32> logits(ModelScope scope, Operand<TFloat32> h, int classes) {
    var tf = scope.tf();
    var normal = Activation.SWISH.apply(scope, new GroupNorm().apply(scope.child("norm"), h));
    var mean = tf.math.mean(normal, tf.constant(new int[] {1, 2}));
    return new Dense(classes, Initializer.zeros(), Precision.FLOAT32)
        .apply(scope.child("dense"), mean);
  }
}
