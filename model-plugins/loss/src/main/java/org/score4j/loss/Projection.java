package org.score4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Random directions v with E[v v^T] = I. */
public enum Projection {
  /** -1 or 1 in each dimension: the least variance of v^T A v. */
  RADEMACHER {
    @Override
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> noise) {
      return tf.select(tf.math.less(noise, tf.constant(0f)), tf.constant(-1f), tf.constant(1f));
    }
  },

  /** N(0, I). */
  GAUSSIAN {
    @Override
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> noise) {
      return noise;
    }
  };

  /** Directions made of standard normal numbers, of their shape. */
  abstract Operand<TFloat32> of(Ops tf, Operand<TFloat32> noise);
}
