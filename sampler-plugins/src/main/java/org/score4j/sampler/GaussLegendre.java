package org.score4j.sampler;

import java.util.function.DoubleUnaryOperator;

/**
 * Gauss-Legendre quadrature: exact for polynomials of degree {@code 2 n - 1} with n nodes, the
 * roots of the Legendre polynomial {@code P_n}, with weights {@code 2 / ((1 - x^2) P_n'(x)^2)}
 * (Abramowitz and Stegun 1964, 25.4.29).
 */
final class GaussLegendre {
  private final double[] nodes;
  private final double[] weights;

  /** A rule of n nodes. */
  GaussLegendre(int n) {
    nodes = new double[n];
    weights = new double[n];
    for (int i = 0; i < n; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double slope = 0;
      // Newton's method doubles the digits of a start that has at least two.
      for (int iteration = 0; iteration < 6; iteration++) {
        double before = 1;
        double value = x;
        for (int k = 2; k <= n; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
          before = value;
          value = next;
        }
        slope = n * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      nodes[i] = x;
      weights[i] = 2 / ((1 - x * x) * slope * slope);
    }
  }

  /** The integral of a smooth function from a to b. */
  double integrate(DoubleUnaryOperator function, double a, double b) {
    double middle = (a + b) / 2;
    double half = (b - a) / 2;
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * function.applyAsDouble(middle + half * nodes[i]);
    }
    return half * sum;
  }
}
