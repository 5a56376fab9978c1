package org.score4j.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Pooling of x [B, H, W, C] over the 5 x 5 pixels around each; same shape. */
enum Pooling {
  /** The mean of 25 values; those beyond the border are 0. */
  AVERAGE {
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      var margins = tf.constant(new int[][] {{0, 0}, {2, 2}, {2, 2}, {0, 0}});
      return tf.nn.avgPool(tf.pad(x, margins, tf.constant(0f)), WINDOW, STRIDE, "VALID");
    }
  },

  /** The largest value within the border. */
  MAX {
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.maxPool(
          x, tf.constant(new int[] {1, 5, 5, 1}), tf.constant(new int[] {1, 1, 1, 1}), "SAME");
    }
  };

  private static final List<Long> WINDOW = List.of(1L, 5L, 5L, 1L);
  private static final List<Long> STRIDE = List.of(1L, 1L, 1L, 1L);

  abstract Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);
}
