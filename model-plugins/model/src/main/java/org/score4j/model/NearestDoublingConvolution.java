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

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var kernel = scope.parameter("kernel", Shape.of(3, 3, x.shape().get(3), channels), initializer);
    var bias = scope.parameter("bias", Shape.of(channels), Initializer.zeros());
    return new Products(scope.tf(), scope.precision())
        .doublingConvolution(x, spread(scope.tf(), kernel), bias);
  }

  /**
   * [4, 4, channels, C]: what each pixel of x adds to the sixteen of the result around it, the taps
   * summed over its four copies.
   */
  private static Operand<TFloat32> spread(Ops tf, Operand<TFloat32> kernel) {
    var turned =
        tf.linalg.transpose(
            tf.reverse(kernel, tf.constant(new int[] {0, 1})), tf.constant(new int[] {0, 1, 3, 2}));
    return copies(tf, copies(tf, turned, 0), 1);
  }

  private static Operand<TFloat32> copies(Ops tf, Operand<TFloat32> taps, int axis) {
    int[][] after = new int[4][2];
    int[][] before = new int[4][2];
    after[axis][1] = 1;
    before[axis][0] = 1;
    var zero = tf.constant(0f);
    return tf.math.add(
        tf.pad(taps, tf.constant(after), zero), tf.pad(taps, tf.constant(before), zero));
  }
}
