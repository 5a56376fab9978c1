package org.score4j.sampler;

/**
 * The beta distribution for shapes a, b in (0, 1], of density {@code x^(a-1) (1-x)^(b-1) / B(a,
 * b)}. Its integral is a series of positive terms (Abramowitz and Stegun 26.5.4 and 15.1.1),
 *
 * <pre>  I(x; a, b) = x^a sum_n (1-b)_n x^n / (n! (a + n)),</pre>
 *
 * which is used up to x = 1/2; above, the integral is that of the mirrored distribution.
 */
record BetaDistribution(double a, double b) {

  /** The x up to which the probability is p, for p in [0, 1]; by bisection. */
  double quantile(double p) {
    double below = integral(0.5, a, b);
    double above = integral(0.5, b, a);
    double area = p * (below + above);
    return area <= below ? inverse(area, a, b) : 1 - inverse((1 - p) * (below + above), b, a);
  }

  /** The x in [0, 1/2] at which the integral has a value. */
  private static double inverse(double area, double a, double b) {
    double low = 0;
    double high = 0.5;
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return low;
      }
      if (integral(middle, a, b) < area) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  private static double integral(double x, double a, double b) {
    double sum = 0;
    double power = 1;
    for (int n = 0; ; n++) {
      double next = sum + power / (a + n);
      if (next == sum) {
        return Math.pow(x, a) * sum;
      }
      sum = next;
      power *= (1 - b + n) / (n + 1) * x;
    }
  }
}
