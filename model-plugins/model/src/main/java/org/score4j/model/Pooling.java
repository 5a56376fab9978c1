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
      return tf.nn.avgPool(
          tf.pad(x, margins, tf.constant(0f)),
          List.of(1L, 5L, 5L, 1L),
          List.of(1L, 1L, 1L, 1L),
          "VALID");
    }
  },

  /** The largest value within the border. */
  MAX {
    // TensorFlow's own max pool costs half as much, and its gradient 4 to 10 times as much.
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return largestOfFive(tf, largestOfFive(tf, x, 1), 2);
    }
  };

  abstract Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);

  /** The largest of each value and its two neighbours on either side along an axis. */
  private static Operand<TFloat32> largestOfFive(Ops tf, Operand<TFloat32> x, int axis) {
    int size = (int) x.shape().get(axis);
    int[][] margins = new int[4][2];
    margins[axis] = new int[] {2, 2};
    var one = tf.pad(x, tf.constant(margins), tf.constant(Float.NEGATIVE_INFINITY));
    var two = tf.math.maximum(part(tf, one, axis, 0, size + 3), part(tf, one, axis, 1, size + 3));
    var four = tf.math.maximum(part(tf, two, axis, 0, size + 1), part(tf, two, axis, 2, size + 1));
    return tf.math.maximum(part(tf, four, axis, 0, size), part(tf, one, axis, 4, size));
  }

  private static Operand<TFloat32> part(
      Ops tf, Operand<TFloat32> x, int axis, int first, int size) {
    int[] begin = new int[4];
    begin[axis] = first;
    int[] sizes = {-1, -1, -1, -1};
    sizes[axis] = size;
    return tf.slice(x, tf.constant(begin), tf.constant(sizes));
  }
}
