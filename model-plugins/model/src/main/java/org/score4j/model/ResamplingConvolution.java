package org.score4j.model;

import java.util.List;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * 3 x 3 convolutions that double or halve an image [B, H, W, C], with or without a {@link
 * FirResampling} (Karras et al. 2019). Padding is with zeros, and once: between the filter and the
 * convolution nothing is cut. Parameters {@code kernel} [3, 3, C, channels] and {@code bias}.
 *
 * @param resampling nearest neighbours before a doubling convolution, and nothing before a halving
 *     one; or the filter
 * @param channels C of the result
 */
record ResamplingConvolution(Resampling resampling, int channels) {
  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);

  Operand<TFloat32> up(ModelScope scope, Operand<TFloat32> x) {
    return resampling instanceof FirResampling fir
        ? unpadded(scope, fir.beforeDoubling(scope.tf(), x), 1)
        : new NearestDoublingConvolution(channels, FAN_AVERAGE).apply(scope, x);
  }

  Operand<TFloat32> down(ModelScope scope, Operand<TFloat32> x) {
    return resampling instanceof FirResampling fir
        ? unpadded(scope, fir.beforeHalving(scope.tf(), x), 2)
        : new Convolution(3, 2, channels, FAN_AVERAGE, scope.precision()).apply(scope, x);
  }

  private Operand<TFloat32> unpadded(ModelScope scope, Operand<TFloat32> x, int stride) {
    var kernel = scope.parameter("kernel", Shape.of(3, 3, x.shape().get(3), channels), FAN_AVERAGE);
    var bias = scope.parameter("bias", Shape.of(channels), Initializer.zeros());
    return new Products(scope, scope.precision())
        .unpaddedConvolution(x, kernel, bias, List.of(1L, (long) stride, (long) stride, 1L));
  }
}
