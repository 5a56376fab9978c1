package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Convolution of x [B, H, W, C] with a square kernel, plus a bias; parameters {@code kernel} [size,
 * size, C, channels] and {@code bias} [channels]. Of an even H, stride 2 leaves H / 2 and reads one
 * row of zeros below the image and none above it, as the DDPM code does.
 *
 * @param kernel where the kernel starts; the bias starts at zero
 * @param precision arithmetic of the product
 */
record Convolution(int size, int stride, int channels, Initializer kernel, Precision precision) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var shape = Shape.of(size, size, x.shape().get(3), channels);
    var weights = scope.parameter("kernel", shape, kernel);
    var bias = scope.parameter("bias", Shape.of(channels), Initializer.zeros());
    return new Products(scope, precision).convolution(x, weights, bias, stride);
  }
}
