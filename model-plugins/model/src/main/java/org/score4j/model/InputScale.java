package org.score4j.model;

import org.score4j.api.LevelTensors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Noised data x = alpha x_0 + sigma z brought to unit variance, together with their noise level:
 *
 * <pre>  c = 1 / sqrt(alpha^2 sd^2 + sigma^2),    x, alpha, sigma -> c x, c alpha, c sigma.</pre>
 *
 * <p>The scaled triple is noised data again, of the same signal-to-noise ratio, and scaling it once
 * more changes nothing: a model that scales its input can stand inside a model that does too.
 *
 * @param x c x, of the shape of x
 * @param level t, c alpha, c sigma
 */
record InputScale(Operand<TFloat32> x, LevelTensors level) {

  /** Scales data whose clean values have the given standard deviation. */
  static InputScale of(
      Ops tf, Operand<TFloat32> x, LevelTensors level, double dataStandardDeviation) {
    var signal = tf.math.mul(level.alpha(), tf.constant((float) dataStandardDeviation));
    var factor = tf.math.rsqrt(tf.math.add(tf.math.square(signal), tf.math.square(level.sigma())));
    return new InputScale(
        tf.math.mul(x, LevelTensors.align(tf, factor, x)),
        new Scaled(
            level.t(), tf.math.mul(level.alpha(), factor), tf.math.mul(level.sigma(), factor)));
  }

  private record Scaled(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}
}
