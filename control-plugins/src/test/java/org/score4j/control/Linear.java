package org.score4j.control;

import org.score4j.api.LinearOperator;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Matrices of linear operators, found by applying them to the unit vectors. */
final class Linear {

  private Linear() {}

  /** A, row by row, for images of one shape. */
  static double[][] matrix(LinearOperator operator, Shape image) {
    return columns(image, (tf, units) -> operator.apply(tf, units));
  }

  /** P = A^+ A. */
  static double[][] projection(LinearOperator operator, Shape image) {
    return columns(
        image, (tf, units) -> operator.pseudoInverse(tf, operator.apply(tf, units), units));
  }

  /** A^+. */
  static double[][] pseudoInverse(LinearOperator operator, Shape image, Shape measured) {
    return columns(
        measured,
        (tf, units) ->
            operator.pseudoInverse(
                tf, units, tf.fill(tf.constant(image.prepend(1).asArray()), tf.constant(0f))));
  }

  private interface Map {
    org.tensorflow.Operand<TFloat32> of(Ops tf, org.tensorflow.Operand<TFloat32> units);
  }

  private static double[][] columns(Shape from, Map map) {
    int size = (int) from.size();
    float[] units = new float[size * size];
    for (int i = 0; i < size; i++) {
      units[i * size + i] = 1;
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var out = map.of(tf, tf.constant(from.prepend(size), DataBuffers.of(units)));
      try (var result = session.runner().fetch(out).run()) {
        TFloat32 values = (TFloat32) result.get(0);
        int rows = (int) (values.shape().size() / size);
        float[] flat = new float[rows * size];
        values.asRawTensor().data().asFloats().read(flat);
        double[][] matrix = new double[rows][size];
        for (int unit = 0; unit < size; unit++) {
          for (int row = 0; row < rows; row++) {
            matrix[row][unit] = flat[unit * rows + row];
          }
        }
        return matrix;
      }
    }
  }

  static double[] times(double[][] matrix, double[] x) {
    double[] y = new double[matrix.length];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += matrix[i][j] * x[j];
      }
    }
    return y;
  }
}
