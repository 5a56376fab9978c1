package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The residual block of DDPM (Ho et al. 2020) for x [B, H, W, C] and an embedding e [B, E] or [1,
 * E]:
 *
 * <pre>
 *   h = conv3x3(swish(norm(x))) + W e + b,
 *   skip(x) + conv3x3(dropout(swish(norm(h)))),
 * </pre>
 *
 * where skip is a 1x1 convolution if the number of channels changes, and the last convolution
 * starts at zero.
 *
 * @param channels channels of the result
 * @param dropout share of activations set to zero in training
 */
record ResidualBlock(int channels, double dropout) {
  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x, Operand<TFloat32> embedding) {
    var tf = scope.tf();
    var precision = scope.precision();
    var first = Activation.SWISH.apply(tf, new GroupNorm().apply(scope.child("norm0"), x));
    var hidden =
        new Convolution(3, 1, channels, FAN_AVERAGE, precision).apply(scope.child("conv0"), first);
    var shift =
        new Dense(channels, FAN_AVERAGE, Precision.FLOAT32)
            .apply(scope.child("embedding"), embedding);
    var told = tf.math.add(hidden, tf.reshape(shift, tf.constant(new int[] {-1, 1, 1, channels})));
    var second = Activation.SWISH.apply(tf, new GroupNorm().apply(scope.child("norm1"), told));
    var residual =
        new Convolution(3, 1, channels, Initializer.zeros(), precision)
            .apply(scope.child("conv1"), dropped(scope, second));
    var skip =
        x.shape().get(3) == channels
            ? x
            : new Convolution(1, 1, channels, FAN_AVERAGE, precision).apply(scope.child("skip"), x);
    return tf.math.add(skip, residual);
  }

  private Operand<TFloat32> dropped(ModelScope scope, Operand<TFloat32> x) {
    if (dropout == 0 || !scope.training()) {
      return x;
    }
    var tf = scope.tf();
    double kept = 1 - dropout;
    var mask = tf.math.floor(tf.math.add(scope.uniform(x), tf.constant((float) kept)));
    return tf.math.mul(tf.math.mul(x, mask), tf.constant((float) (1 / kept)));
  }
}
