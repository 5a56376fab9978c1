package org.score4j.model;

import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Group normalisation (Wu and He 2018) of x [B, H, W, C]: with mean m and variance v over all
 * pixels and channels of a group,
 *
 * <pre>  gamma (x - m) / sqrt(v + 1e-6) + beta,</pre>
 *
 * gamma and beta [C] being parameters. There are min(32, C / smallest) groups, or the next smaller
 * number that divides C.
 *
 * @param smallest number of channels that a group has at least: 4 in NCSN++, 1 in DDPM
 */
record GroupNorm(int smallest) {
  private static final float EPSILON = 1e-6f;

  GroupNorm() {
    this(4);
  }

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    long channels = x.shape().get(3);
    long groups = groups(channels);
    long each = channels / groups;
    var gamma = scope.parameter("gamma", Shape.of(channels), Initializer.ones());
    var beta = scope.parameter("beta", Shape.of(channels), Initializer.zeros());

    // Statistics go over pixels first, then over the few channels of a group: a reduction of
    // [B, pixels, groups, each] over two axes at once is half as fast. The centred second pass
    // keeps the variance right where the mean is large.
    var pixels = tf.constant(1);
    var members = tf.constant(2);
    var byChannel = tf.constant(new long[] {-1, 1, channels});
    var byGroup = tf.constant(new long[] {-1, groups, each});
    var spread = tf.fill(tf.constant(new long[] {1, 1, each}), tf.constant(1f));
    var rows = tf.reshape(x, tf.constant(new long[] {-1, height * width, channels}));
    var mean =
        tf.math.mean(tf.reshape(tf.math.mean(rows, pixels), byGroup), members, Mean.keepDims(true));
    var centred = tf.math.sub(rows, tf.reshape(tf.math.mul(mean, spread), byChannel));
    var variance =
        tf.math.mean(
            tf.reshape(tf.math.mean(tf.math.square(centred), pixels), byGroup),
            members,
            Mean.keepDims(true));
    var scale =
        tf.math.mul(
            tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))),
            tf.reshape(gamma, tf.constant(new long[] {1, groups, each})));
    var normal = tf.math.add(tf.math.mul(centred, tf.reshape(scale, byChannel)), beta);
    return tf.reshape(normal, tf.constant(new long[] {-1, height, width, channels}));
  }

  private long groups(long channels) {
    long groups = Math.max(1, Math.min(32, channels / smallest));
    while (channels % groups != 0) {
      groups--;
    }
    return groups;
  }
}
