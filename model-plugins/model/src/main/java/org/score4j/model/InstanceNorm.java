package org.score4j.model;

import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Instance normalization (Ulyanov et al. 2016) of x [B, H, W, C] without parameters: with mean m_c
 * and variance v_c over the pixels of channel c, {@code (x_c - m_c) / sqrt(v_c + epsilon)}.
 */
record InstanceNorm(double epsilon) implements Normalization {
  @Override
  public Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    var pixels = tf.constant(new int[] {1, 2});
    var centered = tf.math.sub(x, tf.math.mean(x, pixels, Mean.keepDims(true)));
    var variance = tf.math.mean(tf.math.square(centered), pixels, Mean.keepDims(true));
    return tf.math.mul(
        centered, tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon))));
  }
}
