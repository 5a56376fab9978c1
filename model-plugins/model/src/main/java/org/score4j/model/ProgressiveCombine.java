package org.score4j.model;

import java.util.List;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** How the halved input enters h [B, H, W, C]: after a 1x1 convolution to C channels. */
public enum ProgressiveCombine {
  /** It is added. */
  SUM,

  /** It stands before h, and there are 2 C channels. */
  CAT;

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> input, Operand<TFloat32> h) {
    var tf = scope.tf();
    var projected =
        new Convolution(
                1, 1, (int) h.shape().get(3), Initializer.fanAverageUniform(1), scope.precision())
            .apply(scope, input);
    return this == SUM
        ? tf.math.add(projected, h)
        : tf.concat(List.of(projected, h), tf.constant(3));
  }
}
