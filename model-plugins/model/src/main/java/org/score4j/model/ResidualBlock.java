package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The residual block of DDPM (Ho et al. 2020) for x [B, H, W, C] and an embedding e [B, E] or [1,
 * E], of which a {@link LevelShift} tells:
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
 * @param norm both norms
 * @param shortcut where the kernel of skip starts
 * @param sum adds the two branches
 * @param activation swish, as published
 */
record ResidualBlock(
    int channels,
    Dropout dropout,
    GroupNorm norm,
    Initializer shortcut,
    ResidualSum sum,
    Activation activation) {
  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);

  ResidualBlock(int channels, double dropout) {
    this(
        channels,
        new Dropout(dropout),
        new GroupNorm(),
        FAN_AVERAGE,
        ResidualSum.PLAIN,
        Activation.SWISH);
  }

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x, Operand<TFloat32> embedding) {
    return apply(scope, x, LevelShift.by(embedding));
  }

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x, LevelShift shift) {
    var tf = scope.tf();
    var precision = scope.precision();
    var first = activation.apply(scope, norm.apply(scope.child("norm0"), x));
    var hidden =
        new Convolution(3, 1, channels, FAN_AVERAGE, precision).apply(scope.child("conv0"), first);
    var told = shift.apply(scope, hidden);
    var second = activation.apply(scope, norm.apply(scope.child("norm1"), told));
    var residual =
        new Convolution(3, 1, channels, Initializer.zeros(), precision)
            .apply(scope.child("conv1"), dropout.apply(scope, second));
    var skip =
        x.shape().get(3) == channels
            ? x
            : new Convolution(1, 1, channels, shortcut, precision).apply(scope.child("skip"), x);
    return sum.of(tf, skip, residual);
  }
}
