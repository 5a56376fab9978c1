package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A 3 x 3 convolution, padded with zeros, of an image x [B, H, W, C] whose pixels were made four
 * each; parameters {@code kernel} [3, 3, C, channels] and {@code bias} [channels]. Of the nine
 * pixels under the kernel only four differ, so it is done as what it is, a transposed convolution
 * of x with stride 2: along each axis, with taps k and x out of the image 0,
 *
 * <pre>
 *   y_2i     = k_0 x_(i-1) + (k_1 + k_2) x_i,
 *   y_(2i+1) = (k_0 + k_1) x_i + k_2 x_(i+1).
 * </pre>
 *
 * That is less than half of the multiplications.
 */
record NearestDoublingConvolution(int channels, Initializer initializer) {

  /** Sums of the taps k_0, k_1, k_2 with which a pixel of x adds to the four of y around it. */
  private static final float[][] SUMS = {{0, 0, 1}, {0, 1, 1}, {1, 1, 0}, {1, 0, 0}};

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var kernel = scope.parameter("kernel", Shape.of(3, 3, x.shape().get(3), channels), initializer);
    var bias = scope.parameter("bias", Shape.of(channels), Initializer.zeros());
    return new Products(scope, scope.precision())
        .doublingConvolution(x, spread(scope.tf(), kernel), bias);
  }

  /** The kernel [4, 4, channels, C] of the transposed convolution. */
  private Operand<TFloat32> spread(Ops tf, Operand<TFloat32> kernel) {
    var transposed = tf.linalg.transpose(kernel, tf.constant(new int[] {0, 1, 3, 2}));
    var taps = tf.reshape(transposed, tf.constant(new int[] {9, -1}));
    var sums = tf.linalg.matMul(tf.constant(sumsAlongBothAxes()), taps);
    return tf.reshape(sums, tf.constant(new long[] {4, 4, channels, kernel.shape().get(2)}));
  }

  private static float[][] sumsAlongBothAxes() {
    float[][] sums = new float[16][9];
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 9; j++) {
        sums[i][j] = SUMS[i / 4][j / 3] * SUMS[i % 4][j % 3];
      }
    }
    return sums;
  }
}
