package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class VandermondeTest {

  @Test
  void weightsHaveTheMoments() {
    double[] nodes = {-2, -0.5, 1, 3};
    double[] moments = {1, -2, 0.25, 7};
    double[] weights = new Vandermonde(nodes).solve(moments);
    double[] found = new double[4];
    for (int n = 0; n < 4; n++) {
      for (int m = 0; m < 4; m++) {
        found[n] += Math.pow(nodes[m], n) * weights[m];
      }
    }
    assertArrayEquals(moments, found, 1e-13);
  }

  @Test
  void momentsOfTheUnitIntervalAreThoseOfSimpsonsRule() {
    double[] weights =
        new Vandermonde(new double[] {0, 0.5, 1}).solve(new double[] {1, 1.0 / 2, 1.0 / 3});
    assertArrayEquals(new double[] {1.0 / 6, 4.0 / 6, 1.0 / 6}, weights, 1e-15);
  }
}
