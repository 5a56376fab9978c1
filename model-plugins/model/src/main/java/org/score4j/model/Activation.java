package org.score4j.model;

import java.util.List;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.SigmoidGrad;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** Functions between layers. */
public enum Activation {
  /** x sigmoid(x) (Ramachandran et al. 2017). */
  SWISH {
    @Override
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
      Ops tf = scope.tf();
      var sigmoid = tf.math.sigmoid(x);
      return scope.customGradient(
          tf.math.mul(x, sigmoid),
          List.of(x),
          (at, gradient) -> List.of(at.math.mul(gradient, slope(at, x, sigmoid))));
    }

    /** sigmoid(x) + x sigmoid(x) (1 - sigmoid(x)), all that is kept until the gradient comes. */
    private Operand<TFloat32> slope(Ops tf, Operand<TFloat32> x, Operand<TFloat32> sigmoid) {
      // The operation is sigmoid (1 - sigmoid) times its last argument.
      return tf.math.add(sigmoid, SigmoidGrad.create(tf.scope(), sigmoid, x));
    }
  },

  /** ln(1 + e^x). */
  SOFTPLUS {
    @Override
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
      return scope.tf().math.softplus(x);
    }
  },

  /** Hyperbolic tangent. */
  TANH {
    @Override
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
      return scope.tf().math.tanh(x);
    }
  },

  /** max(x, 0): its slope has steps, which second derivatives miss. */
  RELU {
    @Override
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
      return scope.tf().nn.relu(x);
    }
  },

  /** x above 0, x / 5 below. */
  LEAKY_RELU {
    @Override
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
      return scope.tf().nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
    }
  },

  /** x above 0, e^x - 1 below (Clevert et al. 2016): the choice of the NCSN papers. */
  ELU {
    @Override
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
      return scope.tf().nn.elu(x);
    }
  };

  /** Adds the operations; same shape as x. */
  abstract Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x);
}
