package org.score4j.model;

import java.util.List;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Conditional {@link InstanceNormPlus} (Song and Ermon 2019, appendix A): gamma, alpha and beta
 * depend on the noise level. The parameter {@code embedding} [levels, 3 C] holds gamma | alpha |
 * beta of each.
 *
 * @param chosen the level of each example as a row of zeros and a one, [B, levels], or of all, [1,
 *     levels]; a product with it has a far smaller gradient graph than a look-up
 */
record ConditionalInstanceNormPlus(Operand<TFloat32> chosen) implements Normalization {
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
    var shape = Shape.of(chosen.shape().get(1), 3 * x.shape().get(3));
    var row = tf.linalg.matMul(chosen, scope.parameter("embedding", shape, START));
    var parts = tf.split(tf.constant(1), row, 3L).output();
    return InstanceNormPlus.apply(tf, x, parts.get(0), parts.get(1), parts.get(2));
  }
}
