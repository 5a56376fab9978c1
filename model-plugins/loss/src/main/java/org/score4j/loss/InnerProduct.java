package org.score4j.loss;

import java.util.stream.IntStream;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** a . b of each example: the sum over its dimensions. */
final class InnerProduct {

  private InnerProduct() {}

  /** From two tensors [B, ...] to numbers [B]. */
  static Term of(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    int[] dimensions = IntStream.range(1, a.shape().numDimensions()).toArray();
    return Term.of(tf, tf.reduceSum(tf.math.mul(a, b), tf.constant(dimensions)));
  }
}
