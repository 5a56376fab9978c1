package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * x W + b for x [B, D]; parameters {@code kernel} [D, units] and {@code bias} [units].
 *
 * @param kernel where W starts; b starts at zero
 * @param precision arithmetic of the product
 */
record Dense(int units, Initializer kernel, Precision precision) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var weights = scope.parameter("kernel", Shape.of(x.shape().get(1), units), kernel);
    var bias = scope.parameter("bias", Shape.of(units), Initializer.zeros());
    return new Products(scope, precision).matrix(x, weights, bias);
  }
}
