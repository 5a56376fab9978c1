package org.score4j.model;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Geometric noise levels, from the largest down (Song and Ermon 2019, section 4.1):
 *
 * <pre>  sigma_i = sigmaMax (sigmaMin / sigmaMax)^(i / (levels - 1)),    i = 0 ... levels - 1.
 * </pre>
 *
 * @param sigmaMin the smallest, above 0
 * @param sigmaMax the largest, above {@code sigmaMin}
 * @param levels how many, at least 2
 */
record NoiseLadder(double sigmaMin, double sigmaMax, int levels) {

  /**
   * The number i of the level that is nearest to each of {@code sigma} in the logarithm; what lies
   * beyond the ends belongs to them. Rounded, never truncated, so that the ladder's own levels find
   * their numbers whatever float32 makes of them.
   */
  Operand<TInt32> nearest(Ops tf, Operand<TFloat32> sigma) {
    double rungs = (levels - 1) / (Math.log(sigmaMax) - Math.log(sigmaMin));
    var below = tf.math.sub(tf.constant((float) Math.log(sigmaMax)), tf.math.log(sigma));
    var number = tf.math.rint(tf.math.mul(below, tf.constant((float) rungs)));
    var within = tf.clipByValue(number, tf.constant(0f), tf.constant((float) (levels - 1)));
    return tf.dtypes.cast(within, TInt32.class);
  }

  /** All levels, from the largest down. */
  List<Double> levelsDown() {
    double step = Math.log(sigmaMin / sigmaMax) / (levels - 1);
    return IntStream.range(0, levels).mapToObj(i -> sigmaMax * Math.exp(step * i)).toList();
  }
}
