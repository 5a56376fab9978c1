package org.score4j.model;

import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Sets a share of activations to zero in training, and divides the others by the share that is kept
 * (Srivastava et al. 2014).
 *
 * @param rate the share, from 0 to below 1
 */
record Dropout(double rate) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    if (rate == 0 || !scope.training()) {
      return x;
    }
    var tf = scope.tf();
    double kept = 1 - rate;
    var zeroOrOne = tf.math.floor(tf.math.add(scope.uniform(x), tf.constant((float) kept)));
    // Scaling the mask, which has no gradient, costs less than scaling x.
    return tf.math.mul(x, tf.math.mul(zeroOrOne, tf.constant((float) (1 / kept))));
  }
}
