package org.score4j.model;

import java.util.List;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Group normalisation (Wu and He 2018) of x [B, H, W, C]: with mean m and variance v over all
 * pixels and channels of a group,
 *
 * <pre>  gamma (x - m) / sqrt(v + epsilon) + beta,</pre>
 *
 * gamma and beta [C] being parameters. There are min(32, C / smallest) groups, or the next smaller
 * number that divides C.
 *
 * @param smallest number of channels that a group has at least: 4 in NCSN++, 1 in DDPM
 * @param epsilon 1e-6, but in ADM 1e-5
 */
record GroupNorm(int smallest, double epsilon) {

  GroupNorm() {
    this(4);
  }

  GroupNorm(int smallest) {
    this(smallest, 1e-6);
  }

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    long channels = x.shape().get(3);
    var gamma = scope.parameter("gamma", Shape.of(channels), Initializer.ones());
    var beta = scope.parameter("beta", Shape.of(channels), Initializer.zeros());

    // The centred second pass keeps the variance right where the mean is large.
    Shape image = x.shape();
    var rows = rows(tf, x, image);
    var centred = tf.math.sub(rows, groupMean(tf, rows, channels));
    var variance = groupMean(tf, tf.math.square(centred), channels);
    var inverse = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon)));
    var scale = tf.math.mul(inverse, gamma);
    var normal = tf.math.add(tf.math.mul(centred, scale), beta);
    return scope.customGradient(
        pixels(tf, normal, image),
        List.of(x, gamma, beta),
        (at, gradient) ->
            gradients(at, rows(at, gradient, image), image, gamma, centred, inverse, scale));
  }

  /**
   * With g the gradient of the result, c = x - m, r = 1 / sqrt(v + epsilon), and E the mean over a
   * group,
   *
   * <pre>
   *   dx = r gamma g - r E[gamma g] - c r^3 E[gamma g c],
   *   dgamma = sum of g c r,   dbeta = sum of g,
   * </pre>
   *
   * the sums over examples and pixels: less than half of the operations on tensors of the size of x
   * that TensorFlow would derive.
   */
  private List<Operand<TFloat32>> gradients(
      Ops tf,
      Operand<TFloat32> g,
      Shape image,
      Operand<TFloat32> gamma,
      Operand<TFloat32> centred,
      Operand<TFloat32> inverse,
      Operand<TFloat32> scale) {
    long channels = image.get(3);
    var sums = pixelSum(tf, g);
    var products = pixelSum(tf, tf.math.mul(g, centred));
    var batch = tf.constant(new int[] {0, 1});
    var dGamma = tf.reduceSum(tf.math.mul(products, inverse), batch);
    var dBeta = tf.reduceSum(sums, batch);

    var perPixel = tf.constant(1f / (image.get(1) * image.get(2)));
    var mean = memberMean(tf, tf.math.mul(tf.math.mul(sums, gamma), perPixel), channels);
    var along = memberMean(tf, tf.math.mul(tf.math.mul(products, gamma), perPixel), channels);
    var shift = tf.math.neg(tf.math.mul(inverse, mean));
    var slope = tf.math.neg(tf.math.mul(tf.math.mul(inverse, tf.math.square(inverse)), along));
    var dx = tf.math.add(tf.math.mul(g, scale), tf.math.add(tf.math.mul(centred, slope), shift));
    return List.of(pixels(tf, dx, image), dGamma, dBeta);
  }

  /** Mean of rows [B, pixels, C] over all pixels and the channels of a group, for each channel. */
  private Operand<TFloat32> groupMean(Ops tf, Operand<TFloat32> rows, long channels) {
    return memberMean(tf, tf.math.mean(rows, tf.constant(1), Mean.keepDims(true)), channels);
  }

  /**
   * Mean of [B, 1, C] over the channels of a group, for each channel. Pixels come first, as a
   * reduction of [B, pixels, groups, each] over two axes at once is half as fast.
   */
  private Operand<TFloat32> memberMean(Ops tf, Operand<TFloat32> byChannel, long channels) {
    long groups = groups(channels);
    long each = channels / groups;
    var byGroup = tf.reshape(byChannel, tf.constant(new long[] {-1, groups, each}));
    var mean = tf.math.mean(byGroup, tf.constant(2), Mean.keepDims(true));
    var spread = tf.fill(tf.constant(new long[] {1, 1, each}), tf.constant(1f));
    return tf.reshape(tf.math.mul(mean, spread), tf.constant(new long[] {-1, 1, channels}));
  }

  private static Operand<TFloat32> pixelSum(Ops tf, Operand<TFloat32> rows) {
    return tf.reduceSum(rows, tf.constant(1), ReduceSum.keepDims(true));
  }

  /** x [B, H, W, C] as [B, H W, C]. */
  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, Shape image) {
    return tf.reshape(x, tf.constant(new long[] {-1, image.get(1) * image.get(2), image.get(3)}));
  }

  private static Operand<TFloat32> pixels(Ops tf, Operand<TFloat32> rows, Shape image) {
    return tf.reshape(rows, tf.constant(new long[] {-1, image.get(1), image.get(2), image.get(3)}));
  }

  private long groups(long channels) {
    long groups = Math.max(1, Math.min(32, channels / smallest));
    while (channels % groups != 0) {
      groups--;
    }
    return groups;
  }
}
