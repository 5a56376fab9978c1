package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.score4j.api.Dataset;
import org.score4j.api.InvalidValueException;
import org.score4j.testkit.DatasetContract;

class SwissRollTest implements DatasetContract {
  private static final int COUNT = 50_000;
  private static final double A = 1.5 * Math.PI;

  @Override
  public Dataset dataset() {
    return new SwissRoll();
  }

  @Test
  void withoutNoisePointsLieOnTheSpiralUniformlyInAngle() {
    double scale = 3;
    double turns = 2;
    double b = A + 2 * Math.PI * turns;
    Sample sample = Sample.of(new SwissRoll(turns, scale, 0, 1), COUNT);
    double[] along = new double[COUNT];
    for (int n = 0; n < COUNT; n++) {
      double[] x = sample.points()[n];
      double t = Math.hypot(x[0], x[1]) / scale * b;
      assertEquals(scale * t / b * Math.cos(t), x[0], 1e-4);
      assertEquals(scale * t / b * Math.sin(t), x[1], 1e-4);
      along[n] = (t - A) / (b - A);
    }
    assertTrue(Sample.uniformityGap(along) < 1.95);
  }

  @Test
  void defaultHasTheDocumentedMoments() {
    Sample sample = Sample.of(new SwissRoll(), COUNT);
    double root = Math.sqrt(COUNT);
    double b = 4.5 * Math.PI;
    // From the integrals of t cos t and t sin t over [3 pi / 2, 9 pi / 2], which are 6 pi and 2.
    double first = 2.1 / b * 2;
    double second = 2.1 / b * 2 / (3 * Math.PI);
    assertEquals(first, sample.mean(x -> x[0]), 4 * 1.1 / root);
    assertEquals(second, sample.mean(x -> x[1]), 4 * 1.1 / root);
    assertEquals(0.30, first, 0.005);
    assertEquals(0.03, second, 0.005);

    double square = 2.1 * 2.1 * (A * A + A * b + b * b) / (3 * b * b) + 2 * 0.05 * 0.05;
    // |x|^2 lies between 0 and about 5, so its standard deviation is below 2.5.
    assertEquals(square, sample.mean(x -> x[0] * x[0] + x[1] * x[1]), 4 * 2.5 / root);
    assertEquals(1.02, (square - first * first - second * second) / 2, 0.005);
  }

  @Test
  void noiseHasTheStatedStandardDeviation() {
    Sample with = Sample.of(new SwissRoll(1.5, 1e-9, 0.3, 1), COUNT);
    double tolerance = 4 * Math.sqrt(2) * 0.09 / Math.sqrt(COUNT);
    assertEquals(0.09, with.variance(0), tolerance);
    assertEquals(0.09, with.variance(1), tolerance);
  }

  @Test
  void senselessParametersAreRefused() {
    assertThrows(InvalidValueException.class, () -> new SwissRoll(0, 1, 0, 0));
    assertThrows(InvalidValueException.class, () -> new SwissRoll(1, -1, 0, 0));
    assertThrows(InvalidValueException.class, () -> new SwissRoll(1, 1, Double.NaN, 0));
  }
}
