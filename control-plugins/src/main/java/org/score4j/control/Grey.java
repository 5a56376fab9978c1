package org.score4j.control;

import org.score4j.api.LinearOperator;
import org.score4j.api.PluginName;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** The mean over channels of each pixel: [B, H, W, C] to [B, H, W, 1]. */
@PluginName("grey")
public record Grey() implements LinearOperator {

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(3), Mean.keepDims(true));
  }

  @Override
  public Operand<TFloat32> pseudoInverse(Ops tf, Operand<TFloat32> y, Operand<TFloat32> like) {
    return tf.tile(y, tf.constant(new int[] {1, 1, 1, (int) like.shape().get(3)}));
  }
}
