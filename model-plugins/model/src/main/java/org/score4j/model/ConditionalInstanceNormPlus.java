package org.score4j.model;

import java.util.List;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Conditional {@link InstanceNormPlus} (Song and Ermon 2019, appendix A): gamma, alpha and beta
 * depend on a noise level's number. The parameter {@code embedding} [levels, 3 C] holds gamma |
 * alpha | beta of each.
 *
 * @param levels how many numbers there are
 * @param number of each example, shape [B], or of all, [1]; from 0 to {@code levels} - 1
 */
record ConditionalInstanceNormPlus(int levels, Operand<TInt32> number) implements Normalization {
  private static final Initializer START =
      (tf, shape, seed) -> {
        long channels = shape.get(1) / 3;
        var factors = Shape.of(shape.get(0), 2 * channels);
        var shifts = Shape.of(shape.get(0), channels);
        return tf.concat(
            List.of(
                InstanceNormPlus.AROUND_ONE.values(tf, factors, seed),
                Initializer.zeros().values(tf, shifts, seed)),
            tf.constant(1));
      };

  @Override
  public Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    var table = scope.parameter("embedding", Shape.of(levels, 3 * x.shape().get(3)), START);
    var row = tf.gather(table, number, tf.constant(0));
    var parts = tf.split(tf.constant(1), row, 3L).output();
    return InstanceNormPlus.apply(tf, x, parts.get(0), parts.get(1), parts.get(2));
  }
}
