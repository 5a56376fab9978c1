package org.score4j.sampler;

/**
 * The weights {@code a_m} of a rule with given moments, {@code sum_m r_m^n a_m = b_n} for n = 0, 1,
 * ..., by the algorithm of Bjorck and Pereyra (1970).
 *
 * @param nodes r, all different
 */
record Vandermonde(double[] nodes) {

  /** The weights for moments b, as many as there are nodes. */
  double[] solve(double[] moments) {
    double[] a = moments.clone();
    int last = nodes.length - 1;
    for (int k = 0; k < last; k++) {
      for (int n = last; n > k; n--) {
        a[n] -= nodes[k] * a[n - 1];
      }
    }
    for (int k = last - 1; k >= 0; k--) {
      for (int n = k + 1; n <= last; n++) {
        a[n] /= nodes[n] - nodes[n - k - 1];
      }
      for (int n = k; n < last; n++) {
        a[n] -= a[n + 1];
      }
    }
    return a;
  }
}
