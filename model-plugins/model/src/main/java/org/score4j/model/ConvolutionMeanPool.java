package org.score4j.model;

import java.util.List;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A convolution and then the mean of each 2 x 2 pixels: x [B, H, W, C] to [B, ceil(H / 2), ceil(W /
 * 2), C']. An odd height gets a row of zeros above the image before the convolution, an odd width a
 * column at its left.
 */
record ConvolutionMeanPool(NcsnConvolution convolution) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    int above = (int) (x.shape().get(1) % 2);
    int left = (int) (x.shape().get(2) % 2);
    var margins = tf.constant(new int[][] {{0, 0}, {above, 0}, {left, 0}, {0, 0}});
    var even = above + left == 0 ? x : tf.pad(x, margins, tf.constant(0f));
    List<Long> two = List.of(1L, 2L, 2L, 1L);
    return tf.nn.avgPool(convolution.apply(scope, even), two, two, "VALID");
  }
}
