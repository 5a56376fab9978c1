package org.score4j.engine.export;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * A function of time in a form that a graph computes by itself: on each of many pieces a Chebyshev
 * series,
 *
 * <pre>
 *   f(t) = sum_k c_k T_k(u),   u = (t - middle) / half,   -1 &lt;= u &lt;= 1,   k below {@value #TERMS},
 * </pre>
 *
 * in double. A piece is halved until its series is as close to the function as is asked for,
 * between its nodes too, or it is left with a single float32 number, where it is exact. Halves meet
 * at the roundest float32 number inside, so that the functions' own kinks, which are mostly at
 * round times, come to lie between pieces; and as floats are denser near 0, so are the pieces.
 */
final class TimeTable {
  private static final int TERMS = 12;

  /** Error of a value, relative to it: 1 in 3e5 float32 values is then rounded the other way. */
  private static final double TOLERANCE = 0x1p-42;

  private static final double LARGEST_TOLERANCE = 0x1p-26;
  private static final int MAX_PIECES = 20_000;

  /** {@code inverseHalf} is 0 for a piece of one number. */
  private record Piece(float start, double middle, double inverseHalf, double[] coefficients) {

    /** Clenshaw's recurrence. */
    double at(double t) {
      double u = (t - middle) * inverseHalf;
      double next = 0;
      double nextButOne = 0;
      for (int k = TERMS - 1; k > 0; k--) {
        double current = coefficients[k] + (2 * u * next - nextButOne);
        nextButOne = next;
        next = current;
      }
      return coefficients[0] + (u * next - nextButOne);
    }
  }

  private final DoubleUnaryOperator function;
  private final double tolerance;
  private final List<Piece> pieces = new ArrayList<>();

  /** {@code T_k} at node j, which is {@code T_1} there. */
  private final double[][] polynomials = new double[TERMS][TERMS];

  private TimeTable(DoubleUnaryOperator function, double tolerance) {
    this.function = function;
    this.tolerance = tolerance;
    for (int j = 0; j < TERMS; j++) {
      for (int k = 0; k < TERMS; k++) {
        polynomials[j][k] = Math.cos(k * Math.PI * (j + 0.5) / TERMS);
      }
    }
  }

  /**
   * A table of a function.
   *
   * @param first least time, 0 or above
   * @param last greatest time
   * @throws IllegalArgumentException if the function is not finite, or too rough for a table of
   *     reasonable size to be right to float32
   */
  static TimeTable of(DoubleUnaryOperator function, float first, float last) {
    for (double tolerance = TOLERANCE; tolerance <= LARGEST_TOLERANCE; tolerance *= 16) {
      var table = new TimeTable(function, tolerance);
      if (table.add(Float.floatToIntBits(first), Float.floatToIntBits(last))) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "changes too abruptly between t = %s and %s to be put into a table".formatted(first, last));
  }

  /** Adds the numbers whose bits are from low to high; false if that takes too many pieces. */
  private boolean add(int low, int high) {
    var piece = piece(Float.intBitsToFloat(low), Float.intBitsToFloat(high));
    if (low == high || fits(piece)) {
      pieces.add(piece);
      return pieces.size() <= MAX_PIECES;
    }
    int highestDifference = Integer.highestOneBit(low ^ high);
    int roundest = high & -highestDifference;
    return add(low, roundest - 1) && add(roundest, high);
  }

  private Piece piece(float start, float end) {
    double middle = ((double) start + end) / 2;
    double half = ((double) end - start) / 2;
    double[] coefficients = new double[TERMS];
    for (double[] node : polynomials) {
      double value = valueAt(middle + half * node[1]);
      for (int k = 0; k < TERMS; k++) {
        coefficients[k] += (k == 0 ? 1 : 2) * value * node[k] / TERMS;
      }
    }
    return half == 0
        ? new Piece(start, middle, 0, only(valueAt(start)))
        : new Piece(start, middle, 1 / half, coefficients);
  }

  private static double[] only(double value) {
    double[] coefficients = new double[TERMS];
    coefficients[0] = value;
    return coefficients;
  }

  /** Compares at the ends, between the nodes, and once more between those. */
  private boolean fits(Piece piece) {
    int checks = 3 * TERMS;
    for (int j = 0; j <= checks; j++) {
      double t = piece.middle() + Math.cos(Math.PI * j / checks) / piece.inverseHalf();
      double value = valueAt(t);
      if (!(Math.abs(piece.at(t) - value) <= tolerance * Math.abs(value))) {
        return false;
      }
    }
    return true;
  }

  private double valueAt(double t) {
    double value = function.applyAsDouble(t);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("is " + value + " at t = " + t);
    }
    return value;
  }

  /** Number of pieces. */
  int size() {
    return pieces.size();
  }

  /** Largest relative error where it was looked for. */
  double tolerance() {
    return tolerance;
  }

  /**
   * The function in a graph, rounded to float32 at the end.
   *
   * @param t times [B] of the table's range
   */
  Operand<TFloat32> at(Ops tf, Operand<TFloat32> t) {
    var starts = FloatBuffer.allocate(size());
    var rows = DoubleBuffer.allocate(size() * (TERMS + 2));
    for (Piece piece : pieces) {
      starts.put(piece.start());
      rows.put(piece.middle()).put(piece.inverseHalf()).put(piece.coefficients());
    }
    var sorted = tf.constant(Shape.of(1, size()), DataBuffers.of(starts.flip()));
    var table = tf.constant(Shape.of(size(), TERMS + 2), DataBuffers.of(rows.flip()));
    var asRow = tf.reshape(t, tf.constant(new int[] {1, -1}));
    var above = tf.reshape(tf.upperBound(sorted, asRow), tf.constant(new int[] {-1}));
    var index = tf.math.sub(above, tf.constant(1));
    var row = tf.gather(table, index, tf.constant(0));
    List<Operand<TFloat64>> columns =
        List.copyOf(tf.unstack(row, (long) TERMS + 2, Unstack.axis(1L)).output());

    var time = tf.dtypes.cast(t, TFloat64.class);
    Operand<TFloat64> u = tf.math.mul(tf.math.sub(time, columns.get(0)), columns.get(1));
    var twice = tf.math.mul(tf.constant(2.0), u);
    Operand<TFloat64> next = tf.zerosLike(u);
    Operand<TFloat64> nextButOne = next;
    for (int k = TERMS - 1; k > 0; k--) {
      var rest = tf.math.sub(tf.math.mul(twice, next), nextButOne);
      nextButOne = next;
      next = tf.math.add(columns.get(k + 2), rest);
    }
    var rest = tf.math.sub(tf.math.mul(u, next), nextButOne);
    return tf.dtypes.cast(tf.math.add(columns.get(2), rest), TFloat32.class);
  }
}
