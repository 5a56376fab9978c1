package org.score4j.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Smooth functions between layers: a score is a gradient, and some losses take its derivative. */
public enum Activation {
  /** x sigmoid(x) (Ramachandran et al. 2017). */
  SWISH {
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.mul(x, tf.math.sigmoid(x));
    }
  },

  /** ln(1 + e^x). */
  SOFTPLUS {
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.softplus(x);
    }
  },

  /** Hyperbolic tangent. */
  TANH {
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.tanh(x);
    }
  },

  /** x above 0, e^x - 1 below (Clevert et al. 2016): the choice of the NCSN papers. */
  ELU {
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.elu(x);
    }
  };

  abstract Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);
}
