package org.score4j.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How two branches are added. */
enum ResidualSum {
  /** x + h. */
  PLAIN,

  /** (x + h) / sqrt(2), of unit variance if both are (Karras et al. 2018; Song et al. 2021). */
  RESCALED;

  static ResidualSum of(boolean rescaled) {
    return rescaled ? RESCALED : PLAIN;
  }

  Operand<TFloat32> of(Ops tf, Operand<TFloat32> x, Operand<TFloat32> h) {
    var sum = tf.math.add(x, h);
    return this == PLAIN ? sum : tf.math.mul(sum, tf.constant((float) Math.sqrt(0.5)));
  }
}
