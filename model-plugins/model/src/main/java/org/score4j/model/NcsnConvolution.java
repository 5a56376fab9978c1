package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Convolution of x [B, H, W, C] that keeps height and width, as the NCSN codes have it: parameters
 * {@code kernel} [size, size, C, channels] and, if there is a bias, {@code bias} [channels] start
 * uniform within 1 / sqrt(size^2 C).
 *
 * @param size 1 or 3
 * @param dilation distance of the pixels read
 * @param precision arithmetic of the product
 */
record NcsnConvolution(int size, int dilation, int channels, boolean biased, Precision precision) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    long inputs = x.shape().get(3);
    var start = Initializer.uniform(1 / Math.sqrt(size * size * inputs));
    var kernel = scope.parameter("kernel", Shape.of(size, size, inputs, channels), start);
    var products = new Products(scope, precision);
    var dilated = new Dilation(dilation);
    if (!biased) {
      return dilated.apply(scope.tf(), x, y -> products.convolution(y, kernel, 1));
    }
    var bias = scope.parameter("bias", Shape.of(channels), start);
    return dilated.apply(scope.tf(), x, y -> products.convolution(y, kernel, bias, 1));
  }
}
