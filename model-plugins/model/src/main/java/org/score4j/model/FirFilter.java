package org.score4j.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Resampling of images by a finite impulse response, one axis at a time (upfirdn; Karras et al.
 * 2019): with u the rows of x, each followed by up - 1 rows of zeros, n = taps.size() and zeros
 * beyond the ends,
 *
 * <pre>  y[j] = sum_m taps[n - 1 - m] u[j down + m - before],
 *   0 &lt;= j &lt;= (H up + before + after - n) / down.</pre>
 *
 * <p>No zero is ever multiplied: outputs whose place has the same remainder draw on the same taps
 * and are computed together, from slices of x. All of it can be differentiated any number of times.
 *
 * @param taps the impulse response along one axis
 * @param up rows made of one
 * @param down rows that one is kept of
 * @param before rows of zeros above u; negative to cut
 * @param after rows of zeros below u; negative to cut
 */
record FirFilter(List<Double> taps, int up, int down, int before, int after) {

  /** Both axes of x [B, H, W, C]. */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    return columns(tf, rows(tf, x));
  }

  /** Resamples the axis H of x [B, H, W, C]. */
  Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x) {
    int width = axis(x, 2);
    int channels = axis(x, 3);
    var y = along(tf, x, axis(x, 1), width * channels);
    return tf.reshape(y, tf.constant(new int[] {-1, length(axis(x, 1)), width, channels}));
  }

  /** Resamples the axis W of x [B, H, W, C]. */
  Operand<TFloat32> columns(Ops tf, Operand<TFloat32> x) {
    int channels = axis(x, 3);
    var y = along(tf, x, axis(x, 2), channels);
    return tf.reshape(y, tf.constant(new int[] {-1, axis(x, 1), length(axis(x, 2)), channels}));
  }

  private static int axis(Operand<TFloat32> x, int number) {
    return (int) x.shape().get(number);
  }

  private int length(int rows) {
    return (rows * up + before + after - taps.size()) / down + 1;
  }

  /** Resamples x taken as [any, rows, depth]. */
  private Operand<TFloat32> along(Ops tf, Operand<TFloat32> x, int rows, int depth) {
    int divisor = gcd(up, down);
    int phases = up / divisor;
    int stride = down / divisor;
    int made = length(rows);
    int each = (made + phases - 1) / phases;

    int first = row(0, 0);
    int last = row(phases - 1, taps.size() - 1);
    int above = Math.max(0, -first);
    int below = Math.max(0, last + (each - 1) * stride - (rows - 1));
    below += Math.floorMod(-(rows + above + below), stride);
    var padded =
        tf.pad(
            tf.reshape(x, tf.constant(new int[] {-1, rows, depth})),
            tf.constant(new int[][] {{0, 0}, {above, below}, {0, 0}}),
            tf.constant(0f));
    int cells = (rows + above + below) / stride;
    var grid = tf.reshape(padded, tf.constant(new int[] {-1, cells, stride, depth}));

    List<Operand<TFloat32>> outputs = new ArrayList<>();
    for (int phase = 0; phase < phases; phase++) {
      List<Operand<TFloat32>> terms = new ArrayList<>();
      for (int m = 0; m < taps.size(); m++) {
        if (Math.floorMod(phase * down + m - before, up) == 0) {
          int start = row(phase, m) + above;
          var slice =
              tf.slice(
                  grid,
                  tf.constant(new int[] {0, start / stride, start % stride, 0}),
                  tf.constant(new int[] {-1, each, 1, -1}));
          double tap = taps.get(taps.size() - 1 - m);
          terms.add(tf.math.mul(slice, tf.constant((float) tap)));
        }
      }
      outputs.add(terms.stream().reduce(tf.math::add).orElseThrow());
    }
    var all =
        phases == 1
            ? tf.reshape(outputs.get(0), tf.constant(new int[] {-1, each, depth}))
            : tf.reshape(
                tf.concat(outputs, tf.constant(2)),
                tf.constant(new int[] {-1, each * phases, depth}));
    return each * phases == made
        ? all
        : tf.slice(all, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {-1, made, -1}));
  }

  /** The row of x that tap m of a phase's first output falls on, or would. */
  private int row(int phase, int m) {
    return Math.floorDiv(phase * down + m - before, up);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
