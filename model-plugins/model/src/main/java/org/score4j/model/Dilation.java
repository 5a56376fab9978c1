package org.score4j.model;

import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Convolution with holes (Yu and Koltun 2016): rate r reads every r-th pixel. The pixels fall into
 * r x r grids that do not mix, so it is the ordinary convolution of each grid, as an example of its
 * own. TensorFlow's direct form has no gradient on every device.
 *
 * @param rate r; 1 for no holes
 */
record Dilation(int rate) {

  /**
   * Dilates a convolution of stride 1 that pads with zeros and keeps height and width.
   *
   * @param x [B, H, W, C]
   */
  Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> x, UnaryOperator<Operand<TFloat32>> convolution) {
    if (rate == 1) {
      return convolution.apply(x);
    }
    var grids = tf.constant(new int[] {rate, rate});
    var margins =
        tf.constant(new int[][] {{0, missing(x.shape().get(1))}, {0, missing(x.shape().get(2))}});
    var separate = tf.spaceToBatchNd(x, grids, margins);
    return tf.batchToSpaceNd(convolution.apply(separate), grids, margins);
  }

  /** Zeros that bring a length up to a multiple of the rate. */
  private int missing(long length) {
    return (int) Math.floorMod(-length, (long) rate);
  }
}
