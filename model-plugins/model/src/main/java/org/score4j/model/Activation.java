package org.score4j.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** Functions between layers. */
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

  /** max(x, 0): its slope has steps, which second derivatives miss. */
  RELU {
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.relu(x);
    }
  },

  /** x above 0, x / 5 below. */
  LEAKY_RELU {
    @Override
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
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
