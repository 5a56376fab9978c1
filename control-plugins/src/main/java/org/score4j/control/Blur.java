package org.score4j.control;

import org.score4j.api.LinearOperator;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Blur by a Gaussian of s pixels, images being reflected at their borders: diagonal in the cosine
 * transform (DCT-II), with the values
 *
 * <pre>  h_k h_l,    h_k = exp(-(pi k s / H)^2 / 2)   for k = 0 ... H - 1, likewise for l and W.
 * </pre>
 *
 * <p>Values below {@code cutoff} are taken for 0, as in Kawar et al. 2022 (DDRM): those frequencies
 * are not measured at all, so that the pseudo-inverse enlarges nothing by more than 1 / cutoff.
 *
 * @param standardDeviation s, above 0
 * @param cutoff above 0, at most 1
 */
@PluginName("blur")
public record Blur(double standardDeviation, double cutoff) implements LinearOperator {

  /** Three pixels. */
  public Blur() {
    this(3, 0.05);
  }

  /** Checks the numbers. */
  public Blur {
    Validation.begin()
        .positive("standardDeviation", standardDeviation)
        .positive("cutoff", cutoff)
        .between("cutoff", cutoff, 0, 1)
        .end();
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    return filtered(tf, x, false);
  }

  @Override
  public Operand<TFloat32> pseudoInverse(Ops tf, Operand<TFloat32> y, Operand<TFloat32> like) {
    return filtered(tf, y, true);
  }

  private Operand<TFloat32> filtered(Ops tf, Operand<TFloat32> x, boolean inverse) {
    int height = (int) x.shape().get(1);
    int width = (int) x.shape().get(2);
    float[][][][] response = new float[1][height][width][1];
    for (int k = 0; k < height; k++) {
      for (int l = 0; l < width; l++) {
        double value = response(k, height) * response(l, width);
        response[0][k][l][0] = value < cutoff ? 0 : (float) (inverse ? 1 / value : value);
      }
    }
    var cosines = alongAxis(tf, alongAxis(tf, x, 1, cosines(height)), 2, cosines(width));
    var filtered = tf.math.mul(cosines, tf.constant(response));
    return alongAxis(
        tf, alongAxis(tf, filtered, 1, transposed(cosines(height))), 2, transposed(cosines(width)));
  }

  private double response(int k, int size) {
    return Math.exp(-Math.pow(Math.PI * k * standardDeviation / size, 2) / 2);
  }

  /** The orthonormal DCT-II. */
  private static float[][] cosines(int size) {
    float[][] matrix = new float[size][size];
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        matrix[k][i] =
            (float)
                (Math.sqrt((k == 0 ? 1.0 : 2.0) / size) * Math.cos(Math.PI * k * (i + 0.5) / size));
      }
    }
    return matrix;
  }

  private static float[][] transposed(float[][] matrix) {
    float[][] turned = new float[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        turned[j][i] = matrix[i][j];
      }
    }
    return turned;
  }

  /** Applies a square matrix to an axis of [B, H, W, C]. */
  private static Operand<TFloat32> alongAxis(
      Ops tf, Operand<TFloat32> x, int axis, float[][] matrix) {
    var swap = tf.constant(axis == 1 ? new int[] {0, 3, 2, 1} : new int[] {0, 1, 3, 2});
    var last = tf.linalg.transpose(x, swap);
    var rows = tf.reshape(last, tf.constant(new int[] {-1, matrix.length}));
    var product = tf.linalg.matMul(rows, tf.constant(transposed(matrix)));
    return tf.linalg.transpose(tf.reshape(product, tf.constant(last.shape().asArray())), swap);
  }
}
