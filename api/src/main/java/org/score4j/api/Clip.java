package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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
  public Term apply(Ops tf, Operand<TFloat32> denoised) {
    var d = Term.of(tf, denoised);
    if (maxThreshold == 1) {
      return d.max(low).min(high);
    }
    var center = tf.constant((float) (low + (high - low) / 2));
    var halfWidth = tf.constant((float) ((high - low) / 2));
    var offset = d.minus(center).over(halfWidth);
    var s = threshold(tf, offset).along(offset);
    return offset.max(s.negated()).min(s).over(s).times(halfWidth).plus(center);
  }

  /** s of each sample, [B]. */
  private Term threshold(Ops tf, Term offset) {
    long batch = offset.shape().get(0);
    int size = Math.toIntExact(offset.shape().size() / batch);
    double rank = quantile * (size - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, size - 1);
    var magnitudes = tf.reshape(offset.abs(), tf.constant(new int[] {(int) batch, size}));
    // Sorted from the largest down, as far as the lower of the two neighbors.
    var sorted = tf.nn.topK(magnitudes, tf.constant(size - below), new TopK.Options[0]);
    var low = at(tf, sorted.values(), size - 1 - below);
    var high = at(tf, sorted.values(), size - 1 - above);
    var value = low.plus(high.minus(low).times(rank - below));
    return Term.of(tf, tf.stopGradient(value)).max(1).min(maxThreshold);
  }

  private static Term at(Ops tf, Operand<TFloat32> sorted, int column) {
    return Term.of(tf, tf.gather(sorted, tf.constant(column), tf.constant(1)));
  }
}
