package org.score4j.sampler;

import java.util.function.DoubleUnaryOperator;

/**
 * Adams-Bashforth methods with steps of any length for {@code X = x / alpha} in {@code r = sigma /
 * alpha}, {@code dX / dr = noise}: the noise is taken to be the polynomial in a variable u(r) that
 * meets its k latest values,
 *
 * <pre>
 *   X(r_{i+1}) = X(r_i) + sum_j w_j noise_{i-j},   j = 0, ..., k - 1,
 *   w_j = integral from r_i to r_{i+1} of
 *           product over l != j of (u(r) - u_{i-l}) / (u_{i-j} - u_{i-l}) dr.
 * </pre>
 *
 * @param u the variable
 * @param quadrature does the integrals
 */
record AdamsBashforth(DoubleUnaryOperator u, GaussLegendre quadrature) {

  /**
   * One step of x: the factors of x and of the latest values of the noise.
   *
   * @param i the level that the step starts from
   * @param most the order of the method, which is the number of values it remembers
   * @param order k of this step, at most that
   */
  double[] weights(Descent path, int i, int most, int order) {
    double[] nodes = new double[order];
    for (int j = 0; j < nodes.length; j++) {
      nodes[j] = u.applyAsDouble(path.r(i - j));
    }
    double[] weights = new double[1 + most];
    weights[0] = path.alpha(i + 1) / path.alpha(i);
    for (int j = 0; j < nodes.length; j++) {
      int number = j;
      weights[1 + j] =
          path.alpha(i + 1)
              * quadrature.integrate(
                  r -> lagrange(nodes, number, u.applyAsDouble(r)), path.r(i), path.r(i + 1));
    }
    return weights;
  }

  /** The polynomial that is 1 at node j and 0 at the others. */
  static double lagrange(double[] nodes, int j, double u) {
    double product = 1;
    for (int l = 0; l < nodes.length; l++) {
      if (l != j) {
        product *= (u - nodes[l]) / (nodes[j] - nodes[l]);
      }
    }
    return product;
  }
}
