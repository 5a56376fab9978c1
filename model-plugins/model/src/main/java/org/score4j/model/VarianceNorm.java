package org.score4j.model;

import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * VarianceNorm of the NCSN codes for x [B, H, W, C]: {@code alpha_c x_c / sqrt(v_c + 1e-5)} with
 * the unbiased variance v_c over the pixels of channel c; alpha [C] is a parameter.
 */
record VarianceNorm() implements Normalization {
  private static final float EPSILON = 1e-5f;

  @Override
  public Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    var alpha = scope.parameter("alpha", Shape.of(x.shape().get(3)), InstanceNormPlus.AROUND_ONE);
    long count = x.shape().get(1) * x.shape().get(2);
    var pixels = tf.constant(new int[] {1, 2});
    var centered = tf.math.sub(x, tf.math.mean(x, pixels, Mean.keepDims(true)));
    var biased = tf.math.mean(tf.math.square(centered), pixels, Mean.keepDims(true));
    var variance = tf.math.mul(biased, tf.constant((float) count / Math.max(1, count - 1)));
    var scale = tf.math.mul(alpha, tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))));
    return tf.math.mul(x, scale);
  }
}
