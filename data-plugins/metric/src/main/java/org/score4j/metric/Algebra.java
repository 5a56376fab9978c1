package org.score4j.metric;

import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.types.TFloat64;

/** Products and eigenvalues of row-major matrices, by TensorFlow in double. */
final class Algebra {

  private Algebra() {}

  /** {@code A B^T} for A [n, d] and B [m, d]. */
  static double[] timesTransposed(double[] a, double[] b, int d) {
    try (var session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      return values(tf.linalg.matMul(matrix(tf, a, d), matrix(tf, b, d), MatMul.transposeB(true)));
    }
  }

  /** {@code A^T A} for A [n, d]. */
  static double[] gram(double[] a, int d) {
    try (var session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      var matrix = matrix(tf, a, d);
      return values(tf.linalg.matMul(matrix, matrix, MatMul.transposeA(true)));
    }
  }

  /** The symmetric root of a covariance [d, d]; eigenvalues below 0, of rounding, count as 0. */
  static double[] root(double[] covariance, int d) {
    try (var session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      var eigen = tf.linalg.selfAdjointEig(matrix(tf, covariance, d));
      var roots = tf.math.sqrt(tf.math.maximum(eigen.e(), tf.constant(0.0)));
      return values(
          tf.linalg.matMul(tf.math.mul(eigen.v(), roots), eigen.v(), MatMul.transposeB(true)));
    }
  }

  /** The trace of the root of {@code R S R}, for symmetric R and S [d, d]. */
  static double traceOfRoot(double[] r, double[] s, int d) {
    try (var session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      var outer = matrix(tf, r, d);
      var product = tf.linalg.matMul(tf.linalg.matMul(outer, matrix(tf, s, d)), outer);
      var eigen = tf.linalg.selfAdjointEig(product, SelfAdjointEig.computeV(false));
      double trace = 0;
      for (double value : values(eigen.e())) {
        trace += Math.sqrt(Math.max(value, 0));
      }
      return trace;
    }
  }

  private static Operand<TFloat64> matrix(Ops tf, double[] values, int columns) {
    return tf.constant(Shape.of(values.length / columns, columns), DataBuffers.of(values));
  }

  private static double[] values(Operand<TFloat64> of) {
    double[] values = new double[Math.toIntExact(of.shape().size())];
    of.asTensor().copyTo(DataBuffers.of(values));
    return values;
  }
}
