package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StopGradient;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;

/**
 * A clip of denoised data D to the range of the data, whose center is c and whose half-width is w:
 *
 * <pre>
 *   static:   D' = min(max(D, low), high)
 *   dynamic:  s = min(max(1, q(|D - c| / w)), maxThreshold),
 *             D' = c + min(max(D - c, -s w), s w) / s
 * </pre>
 *
 * <p>Dynamic thresholding is that of Saharia et al. 2022 (Imagen), section 2.3; q is a quantile of
 * all numbers of one sample, linear between them. With {@code maxThreshold = 1} both are the same.
 *
 * @param low the least value of the data, as the model sees them
 * @param high the largest value of the data, above low
 * @param quantile which quantile the dynamic threshold is, from 0 to 1
 * @param maxThreshold upper bound of the dynamic threshold s, 1 or above, possibly infinite; 1
 *     makes the clip static
 */
public record Clip(double low, double high, double quantile, double maxThreshold) {

  /** Static, to [-1, 1]. */
  public Clip() {
    this(-1, 1);
  }

  /** Static. */
  public Clip(double low, double high) {
    this(low, high, 0.995, 1);
  }

  /** Checks the components. */
  public Clip {
    Validation.begin()
        .rule(Double.isFinite(low), "low", low, "must be a finite number")
        .rule(
            high > low && Double.isFinite(high),
            "high",
            high,
            "must be a finite number above low (" + low + ")")
        .between("quantile", quantile, 0, 1)
        .rule(maxThreshold >= 1, "maxThreshold", maxThreshold, "must be 1 or above")
        .end();
  }

  /**
   * The clipped data.
   *
   * @param denoised D, [B, ...] of known shape
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> denoised) {
    if (maxThreshold == 1) {
      return tf.math.minimum(
          tf.math.maximum(denoised, tf.constant((float) low)), tf.constant((float) high));
    }
    var center = tf.constant((float) (low + (high - low) / 2));
    var halfWidth = tf.constant((float) ((high - low) / 2));
    Operand<TFloat32> offset = tf.math.div(tf.math.sub(denoised, center), halfWidth);
    Operand<TFloat32> threshold = LevelTensors.align(tf, threshold(tf, offset), offset);
    Operand<TFloat32> clipped =
        tf.math.minimum(tf.math.maximum(offset, tf.math.neg(threshold)), threshold);
    return tf.math.add(center, tf.math.mul(halfWidth, tf.math.div(clipped, threshold)));
  }

  /** s of each sample, [B]. */
  private Operand<TFloat32> threshold(Ops tf, Operand<TFloat32> offset) {
    long batch = offset.shape().get(0);
    int size = Math.toIntExact(offset.shape().size() / batch);
    double rank = quantile * (size - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, size - 1);
    var magnitudes = tf.reshape(tf.math.abs(offset), tf.constant(new int[] {(int) batch, size}));
    // Sorted from the largest down, as far as the lower of the two neighbors.
    var sorted = tf.nn.topK(magnitudes, tf.constant(size - below), new TopK.Options[0]);
    var low = tf.gather(sorted.values(), tf.constant(size - 1 - below), tf.constant(1));
    var high = tf.gather(sorted.values(), tf.constant(size - 1 - above), tf.constant(1));
    var between = tf.constant((float) (rank - below));
    Operand<TFloat32> value = tf.math.add(low, tf.math.mul(between, tf.math.sub(high, low)));
    StopGradient<TFloat32> constant = tf.stopGradient(value);
    return tf.math.minimum(
        tf.math.maximum(constant, tf.constant(1f)), tf.constant((float) maxThreshold));
  }
}
