package org.score4j.model;

import java.util.List;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** How a {@link NoiseLabel} becomes numbers between -1 and 1, sines first, then cosines. */
public enum LabelEncoding {
  /**
   * sin(w l), cos(w l), w = 1 ... 1/10000 geometric, {@code channels} of them and a zero if that is
   * odd (Vaswani et al. 2017; Ho et al. 2020).
   */
  POSITIONAL {
    @Override
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat64> label, int channels, double scale) {
      var tf = scope.tf();
      int half = channels / 2;
      double[][] frequencies = new double[1][half];
      for (int i = 0; i < half; i++) {
        frequencies[0][i] = Math.pow(1e-4, half == 1 ? 0 : (double) i / (half - 1));
      }
      var sinusoids = sinusoids(scope, label, tf.constant(frequencies));
      return channels % 2 == 0
          ? sinusoids
          : tf.pad(sinusoids, tf.constant(new int[][] {{0, 0}, {0, 1}}), tf.constant(0f));
    }
  },

  /**
   * sin(2 pi w ln l), cos(2 pi w ln l), with {@code channels} random w ~ N(0, scale^2) in the
   * buffer {@code frequencies} (Tancik et al. 2020; Song et al. 2021, appendix C).
   */
  FOURIER {
    @Override
    Operand<TFloat32> apply(ModelScope scope, Operand<TFloat64> label, int channels, double scale) {
      var tf = scope.tf();
      var frequencies = scope.buffer("frequencies", Shape.of(channels), Initializer.normal(scale));
      var wide = tf.dtypes.cast(frequencies, TFloat64.class);
      var turns = tf.math.mul(wide, tf.constant(2 * Math.PI));
      return sinusoids(
          scope, tf.math.log(label), tf.reshape(turns, tf.constant(new int[] {1, channels})));
    }
  };

  /**
   * The encoding of labels [B].
   *
   * @param channels of the network at full resolution
   * @param scale standard deviation of random frequencies
   */
  abstract Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat64> label, int channels, double scale);

  private static Operand<TFloat32> sinusoids(
      ModelScope scope, Operand<TFloat64> label, Operand<TFloat64> frequencies) {
    var tf = scope.tf();
    var angles = tf.math.mul(tf.reshape(label, tf.constant(new int[] {-1, 1})), frequencies);
    return tf.dtypes.cast(
        tf.concat(List.of(tf.math.sin(angles), tf.math.cos(angles)), tf.constant(1)),
        TFloat32.class);
  }
}
