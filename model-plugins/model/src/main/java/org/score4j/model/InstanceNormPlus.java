package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * InstanceNorm++ (Song and Ermon 2019, appendix A) of x [B, H, W, C]: with mean m_c and variance
 * v_c over the pixels of channel c,
 *
 * <pre>
 *   gamma_c ((x_c - m_c) / sqrt(v_c + 1e-5) + alpha_c (m_c - M) / sqrt(V + 1e-5)) + beta_c,
 * </pre>
 *
 * M and V being mean and unbiased variance of the C means: instance normalisation without the
 * second term loses the colour of an image. gamma, alpha and beta [C] are parameters. C is at least
 * 2.
 */
record InstanceNormPlus() implements Normalization {
  private static final float EPSILON = 1e-5f;

  /** Where gamma and alpha start, N(1, 0.02^2). */
  static final Initializer AROUND_ONE =
      (tf, shape, seed) ->
          tf.math.add(Initializer.normal(0.02).values(tf, shape, seed), tf.constant(1f));

  @Override
  public Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var shape = Shape.of(x.shape().get(3));
    return apply(
        scope.tf(),
        x,
        scope.parameter("gamma", shape, AROUND_ONE),
        scope.parameter("alpha", shape, AROUND_ONE),
        scope.parameter("beta", shape, Initializer.zeros()));
  }

  /** The normalisation with given gamma, alpha and beta: [C], or a row for each example. */
  static Operand<TFloat32> apply(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> gamma,
      Operand<TFloat32> alpha,
      Operand<TFloat32> beta) {
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    long channels = x.shape().get(3);
    var epsilon = tf.constant(EPSILON);
    var one = tf.constant(1);
    var byChannel = tf.constant(new long[] {-1, 1, channels});
    var rows = tf.reshape(x, tf.constant(new long[] {-1, height * width, channels}));

    var means = tf.math.mean(rows, one);
    var centred = tf.math.sub(rows, tf.reshape(means, byChannel));
    var variance = tf.math.mean(tf.math.square(centred), one);
    var scale = tf.math.mul(gamma, tf.math.rsqrt(tf.math.add(variance, epsilon)));

    var deviation = tf.math.sub(means, tf.math.mean(means, one, Mean.keepDims(true)));
    var unbiased = tf.constant((float) channels / (channels - 1));
    var spread =
        tf.math.mul(tf.math.mean(tf.math.square(deviation), one, Mean.keepDims(true)), unbiased);
    var colour = tf.math.mul(deviation, tf.math.rsqrt(tf.math.add(spread, epsilon)));
    var shift = tf.math.add(tf.math.mul(tf.math.mul(gamma, alpha), colour), beta);

    var normal =
        tf.math.add(
            tf.math.mul(centred, tf.reshape(scale, byChannel)), tf.reshape(shift, byChannel));
    return tf.reshape(normal, tf.constant(new long[] {-1, height, width, channels}));
  }
}
