package org.score4j.loss;

import java.util.stream.IntStream;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** How an example's squared errors become one number. */
public enum Reduction {
  /** Their mean over dimensions: losses of data of different size can be compared. */
  MEAN {
    @Override
    Term of(Ops tf, Operand<TFloat32> errors) {
      return Term.of(tf, tf.math.mean(errors, dimensions(tf, errors)));
    }
  },

  /** Half their sum over dimensions, as the objectives are written in the papers. */
  SUM {
    @Override
    Term of(Ops tf, Operand<TFloat32> errors) {
      return Term.of(tf, tf.reduceSum(errors, dimensions(tf, errors))).times(0.5);
    }
  };

  /** From squared errors [B, ...] to numbers [B]. */
  abstract Term of(Ops tf, Operand<TFloat32> errors);

  private static Operand<TInt32> dimensions(Ops tf, Operand<TFloat32> errors) {
    return tf.constant(IntStream.range(1, errors.shape().numDimensions()).toArray());
  }
}
