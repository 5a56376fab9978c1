package org.score4j.model;

import java.util.function.UnaryOperator;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The residual block of ADM (Dhariwal and Nichol 2021, section 3.1), for x [B, H, W, C] and an
 * embedding e [B, E] or [1, E]: with r doubling, halving or leaving the image and (scale, shift) =
 * W e + b,
 *
 * <pre>
 *   h = conv3x3(r(swish(norm(x)))),
 *   skip(r(x)) + conv3x3(dropout(swish(norm(h) (1 + scale) + shift))),
 * </pre>
 *
 * where skip is a 1x1 convolution if the number of channels changes, and the last convolution
 * starts at zero.
 *
 * @param channels channels of the result
 * @param norm both norms
 */
record AdaptiveBlock(int channels, Dropout dropout, GroupNorm norm) {
  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);

  Operand<TFloat32> apply(
      ModelScope scope,
      Operand<TFloat32> x,
      Operand<TFloat32> embedding,
      UnaryOperator<Operand<TFloat32>> resampled) {
    var tf = scope.tf();
    var precision = scope.precision();
    var first = Activation.SWISH.apply(scope, norm.apply(scope.child("norm0"), x));
    var hidden =
        new Convolution(3, 1, channels, FAN_AVERAGE, precision)
            .apply(scope.child("conv0"), resampled.apply(first));
    var affine =
        new Dense(2 * channels, FAN_AVERAGE, Precision.FLOAT32)
            .apply(scope.child("embedding"), embedding);
    var pixel = tf.constant(new int[] {-1, 1, 1, 2 * channels});
    var parts = tf.split(tf.constant(3), tf.reshape(affine, pixel), 2L).output();
    var normal = norm.apply(scope.child("norm1"), hidden);
    var scaled = tf.math.mul(normal, tf.math.add(parts.get(0), tf.constant(1f)));
    var second = Activation.SWISH.apply(scope, tf.math.add(scaled, parts.get(1)));
    var residual =
        new Convolution(3, 1, channels, Initializer.zeros(), precision)
            .apply(scope.child("conv1"), dropout.apply(scope, second));
    var image = resampled.apply(x);
    var skip =
        x.shape().get(3) == channels
            ? image
            : new Convolution(1, 1, channels, FAN_AVERAGE, precision)
                .apply(scope.child("skip"), image);
    return tf.math.add(skip, residual);
  }
}
