package org.score4j.model;

import java.util.function.UnaryOperator;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The residual block of BigGAN (Brock et al. 2019) as NCSN++ has it (Song et al. 2021, appendix H),
 * for x [B, H, W, C] and an embedding e [B, E] or [1, E]: with r doubling, halving or leaving the
 * image,
 *
 * <pre>
 *   h = conv3x3(r(swish(norm(x)))) + W e + b,
 *   skip(r(x)) + conv3x3(dropout(swish(norm(h)))),
 * </pre>
 *
 * where skip is a 1x1 convolution if the number of channels changes or the image is resampled, and
 * the last convolution starts at zero.
 *
 * @param channels channels of the result
 * @param sum adds the two branches
 * @param activation swish, as published
 */
record BigGanBlock(int channels, Dropout dropout, ResidualSum sum, Activation activation) {
  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x, LevelShift shift) {
    boolean project = x.shape().get(3) != channels;
    return apply(scope, x, shift, UnaryOperator.identity(), project);
  }

  Operand<TFloat32> up(
      ModelScope scope, Operand<TFloat32> x, LevelShift shift, Resampling resampling) {
    return apply(scope, x, shift, image -> resampling.up(scope.tf(), image), true);
  }

  Operand<TFloat32> down(
      ModelScope scope, Operand<TFloat32> x, LevelShift shift, Resampling resampling) {
    return apply(scope, x, shift, image -> resampling.down(scope.tf(), image), true);
  }

  private Operand<TFloat32> apply(
      ModelScope scope,
      Operand<TFloat32> x,
      LevelShift shift,
      UnaryOperator<Operand<TFloat32>> resampled,
      boolean project) {
    var tf = scope.tf();
    var precision = scope.precision();
    var norm = new GroupNorm();
    var first = activation.apply(scope, norm.apply(scope.child("norm0"), x));
    var hidden =
        new Convolution(3, 1, channels, FAN_AVERAGE, precision)
            .apply(scope.child("conv0"), resampled.apply(first));
    var told = shift.apply(scope, hidden);
    var second = activation.apply(scope, norm.apply(scope.child("norm1"), told));
    var residual =
        new Convolution(3, 1, channels, Initializer.zeros(), precision)
            .apply(scope.child("conv1"), dropout.apply(scope, second));
    var image = resampled.apply(x);
    var skip =
        project
            ? new Convolution(1, 1, channels, FAN_AVERAGE, precision)
                .apply(scope.child("skip"), image)
            : image;
    return sum.of(tf, skip, residual);
  }
}
