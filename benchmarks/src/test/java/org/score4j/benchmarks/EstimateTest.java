package org.score4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void quartilesInterpolateBetweenMeasurements() {
    Estimate of = Estimate.of(new double[] {4, 1, 3, 2});
    assertEquals(new Estimate(2.5, 1.75, 3.25, 4), of);
  }

  @Test
  void ratioPairsMeasurementsOfOneRound() {
    // The machine is three times slower in the second round: the ratio is not.
    Estimate ratio = Estimate.ratio(new double[] {2, 6}, new double[] {1, 3});
    assertEquals(new Estimate(2, 2, 2, 2), ratio);
  }

  @Test
  void powerOfGrowthIsTheSlopeInLogarithms() {
    Growth quadratic = new Growth();
    for (int size : new int[] {1, 2, 5, 10}) {
      quadratic.add(size, 3.0 * size * size);
    }
    assertEquals(2, quadratic.power(), 1e-12);
    assertEquals(100, quadratic.factor(), 1e-12);
  }
}
