package org.score4j.model;

import java.util.List;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Convolutions and matrix products of float32 tensors: with {@link Precision#BFLOAT16} the operands
 * are rounded before the product and the result is float32 again.
 */
record Products(ModelScope scope, Precision precision) {

  private Ops tf() {
    return scope.tf();
  }

  /**
   * Convolution of x [B, H, W, C] with a kernel [h, w, C, C'], padded to ceil(H / stride), plus a
   * bias [C'], which is added before the result is widened so that TensorFlow fuses the two.
   */
  Operand<TFloat32> convolution(
      Operand<TFloat32> x, Operand<TFloat32> kernel, Operand<TFloat32> bias, int stride) {
    if (stride == 1 && kernel.shape().get(0) == 1 && kernel.shape().get(1) == 1) {
      return pointwise(x, kernel, bias);
    }
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    return switch (precision) {
      case FLOAT32 -> tf().nn.biasAdd(tf().nn.conv2d(x, kernel, strides, "SAME"), bias);
      case BFLOAT16 ->
          widen(
              tf().nn
                  .biasAdd(
                      tf().nn.conv2d(narrow(x), narrow(kernel), strides, "SAME"), narrow(bias)));
    };
  }

  /** The same for a kernel [1, 1, C, C']: one matrix product, whose gradients are faster too. */
  private Operand<TFloat32> pointwise(
      Operand<TFloat32> x, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    long channels = kernel.shape().get(3);
    var pixels = tf().reshape(x, tf().constant(new long[] {-1, kernel.shape().get(2)}));
    var weights = tf().reshape(kernel, tf().constant(new long[] {-1, channels}));
    var image = tf().constant(new long[] {-1, x.shape().get(1), x.shape().get(2), channels});
    return tf().reshape(matrix(pixels, weights, bias), image);
  }

  /** Convolution of x [B, H, W, C] with a kernel [h, w, C, C'], padded to ceil(H / stride). */
  Operand<TFloat32> convolution(Operand<TFloat32> x, Operand<TFloat32> kernel, int stride) {
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    return switch (precision) {
      case FLOAT32 -> tf().nn.conv2d(x, kernel, strides, "SAME");
      case BFLOAT16 -> widen(tf().nn.conv2d(narrow(x), narrow(kernel), strides, "SAME"));
    };
  }

  /** Convolution plus bias without padding, and with the strides of all four axes. */
  Operand<TFloat32> unpaddedConvolution(
      Operand<TFloat32> x, Operand<TFloat32> kernel, Operand<TFloat32> bias, List<Long> strides) {
    return switch (precision) {
      case FLOAT32 -> tf().nn.biasAdd(tf().nn.conv2d(x, kernel, strides, "VALID"), bias);
      case BFLOAT16 ->
          widen(
              tf().nn
                  .biasAdd(
                      tf().nn.conv2d(narrow(x), narrow(kernel), strides, "VALID"), narrow(bias)));
    };
  }

  /**
   * Transposed convolution with stride 2, and padding that makes the result [B, 2 H, 2 W, C'], of x
   * [B, H, W, C] with a kernel [4, 4, C', C], plus a bias [C'].
   */
  Operand<TFloat32> doublingConvolution(
      Operand<TFloat32> x, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    List<Long> strides = List.of(1L, 2L, 2L, 1L);
    int height = 2 * (int) x.shape().get(1);
    int width = 2 * (int) x.shape().get(2);
    int channels = (int) kernel.shape().get(2);
    var batch =
        tf().slice(tf().shape(x), tf().constant(new int[] {0}), tf().constant(new int[] {1}));
    var image = tf().constant(new int[] {height, width, channels});
    var sizes = tf().concat(List.of(batch, image), tf().constant(0));
    var result =
        switch (precision) {
          case FLOAT32 ->
              tf().nn.biasAdd(tf().nn.conv2dBackpropInput(sizes, kernel, x, strides, "SAME"), bias);
          case BFLOAT16 ->
              widen(
                  tf().nn
                      .biasAdd(
                          tf().nn
                              .conv2dBackpropInput(
                                  sizes, narrow(kernel), narrow(x), strides, "SAME"),
                          narrow(bias)));
        };
    // What TensorFlow makes of the sizes it does not always know while the graph is built.
    return tf().reshape(result, tf().constant(new int[] {-1, height, width, channels}));
  }

  /** a [M, K] times b [K, N], plus a bias [N], which is added before the result is widened. */
  Operand<TFloat32> matrix(Operand<TFloat32> a, Operand<TFloat32> b, Operand<TFloat32> bias) {
    return switch (precision) {
      case FLOAT32 -> tf().nn.biasAdd(tf().linalg.matMul(a, b), bias);
      case BFLOAT16 ->
          widen(tf().nn.biasAdd(tf().linalg.matMul(narrow(a), narrow(b)), narrow(bias)));
    };
  }

  /**
   * a [B, M, K] times b [B, K, N], or times b [B, N, K] transposed, matrix by matrix. With g the
   * gradient of the product, those of the factors are
   *
   * <pre>
   *   da = g b^T,  db = a^T g    of a b,
   *   da = g b,    db = g^T a    of a b^T.
   * </pre>
   */
  Operand<TFloat32> matrices(Operand<TFloat32> a, Operand<TFloat32> b, boolean transposed) {
    return scope.customGradient(
        batched(tf(), a, false, b, transposed),
        List.of(a, b),
        (tf, g) ->
            List.of(
                batched(tf, g, false, b, !transposed),
                transposed ? batched(tf, g, true, a, false) : batched(tf, a, true, g, false)));
  }

  private Operand<TFloat32> batched(
      Ops tf, Operand<TFloat32> a, boolean transposeA, Operand<TFloat32> b, boolean transposeB) {
    return switch (precision) {
      case FLOAT32 -> oneDnn(tf, a, transposeA, b, transposeB);
      case BFLOAT16 ->
          tf.dtypes.cast(
              oneDnn(
                  tf,
                  tf.dtypes.cast(a, TBfloat16.class),
                  transposeA,
                  tf.dtypes.cast(b, TBfloat16.class),
                  transposeB),
              TFloat32.class);
    };
  }

  /**
   * TensorFlow gives the second version of this operation to oneDNN. The third takes twice as long:
   * it is what TensorFlow for Java has, and what TensorFlow takes for the gradients of either.
   */
  private static <T extends TNumber> Operand<T> oneDnn(
      Ops tf, Operand<T> a, boolean transposeA, Operand<T> b, boolean transposeB) {
    return tf.scope()
        .opBuilder("BatchMatMulV2", "BatchMatMul")
        .addInput(a.asOutput())
        .addInput(b.asOutput())
        .setAttr("adj_x", transposeA)
        .setAttr("adj_y", transposeB)
        .build()
        .output(0);
  }

  private Operand<TBfloat16> narrow(Operand<TFloat32> x) {
    return tf().dtypes.cast(x, TBfloat16.class);
  }

  private Operand<TFloat32> widen(Operand<TBfloat16> x) {
    return tf().dtypes.cast(x, TFloat32.class);
  }
}
