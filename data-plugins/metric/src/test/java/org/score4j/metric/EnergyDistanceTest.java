package org.score4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Metric;
import org.tensorflow.ndarray.Shape;

class EnergyDistanceTest {

  @Test
  void pointMassesAreTwiceTheirDistanceApart() {
    float[] generated = repeat(4, 1, 2, 3);
    float[] real = repeat(6, 4, 6, 3);
    assertEquals(10, distance(Shape.of(3), generated, real), 1e-12);
  }

  /** Mean distances by hand: 2.5 between, 2 within the generated, 4 within the real. */
  @Test
  void pairsOfAnExampleWithItselfAreLeftOut() {
    assertEquals(2 * 2.5 - 2 - 4, distance(Shape.of(1), new float[] {0, 2}, new float[] {1, 5}));
  }

  /** With X - Y, X - X', Y - Y' normal, and E|N(0, s^2)| = s sqrt(2 / pi). */
  @Test
  void gaussiansOfDifferentSpreadHaveTheClosedForm() {
    double expected =
        2 * Math.sqrt(2 / Math.PI) * Math.sqrt(1 + 4) - 2 * (1 + 2) / Math.sqrt(Math.PI);
    assertEquals(0.18310, expected, 5e-5);
    assertMeanDistance(expected, 0, 2);
  }

  /** With E|N(m, s^2)| = s sqrt(2 / pi) exp(-m^2 / 2 s^2) + m erf(m / s sqrt 2), m = 3, s^2 = 2. */
  @Test
  void gaussiansOfDifferentMeanHaveTheClosedForm() {
    double erf = 0.9661051464753108; // erf(3 / 2)
    double between = 2 / Math.sqrt(Math.PI) * Math.exp(-9.0 / 4) + 3 * erf;
    assertMeanDistance(2 * between - 4 / Math.sqrt(Math.PI), 3, 1);
  }

  /** The biased estimate would be 4 / 50 / sqrt(pi) = 0.045, thirty standard errors from zero. */
  @Test
  void equalDistributionsAreAtZeroOnAverage() {
    assertMeanDistance(0, 0, 1);
  }

  @Test
  void elementsOfAnImageAreOneVector() {
    Random random = new Random(3);
    float[] generated = normals(random, 5 * 12, 0, 1);
    float[] real = normals(random, 4 * 12, 1, 1);
    double between = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        between += norm(generated, i, real, j) / 20;
      }
    }
    double expected = 2 * between - meanWithin(generated, 5) - meanWithin(real, 4);
    assertEquals(expected, distance(Shape.of(2, 3, 2), generated, real), 1e-12);
  }

  @Test
  void examplesBeyondTheLimitAreNotUsed() {
    Metric.Measuring measuring = new EnergyDistance(2).start(Shape.of(1));
    measuring.generated(new float[] {0, 2, 100}, 3);
    measuring.generated(new float[] {100}, 1);
    measuring.real(new float[] {1}, 1);
    measuring.real(new float[] {5, 100}, 2);
    assertEquals(-1, measuring.result().get(0).value());
  }

  @Test
  void brokenSamplesGiveNoNumber() {
    float[] broken = {0, Float.NaN};
    assertTrue(Double.isNaN(distance(Shape.of(1), broken, new float[] {1, 5})));
  }

  @Test
  void limitMustAllowAPairAndFitMemory() {
    assertThrows(InvalidValueException.class, () -> new EnergyDistance(1));
    EnergyDistance all = new EnergyDistance(1_000_000);
    assertThrows(InvalidValueException.class, () -> all.start(Shape.of(64, 64, 3)));
  }

  /**
   * Compares the mean of 400 estimates, from 50 draws of N(0, 1) and 50 of another normal each, to
   * the exact value; tolerance 4 standard errors.
   */
  private static void assertMeanDistance(double expected, double mean, double deviation) {
    Random random = new Random(17);
    double[] estimates = new double[400];
    for (int i = 0; i < estimates.length; i++) {
      float[] generated = normals(random, 50, 0, 1);
      float[] real = normals(random, 50, mean, deviation);
      estimates[i] = distance(Shape.of(1), generated, real);
    }
    double average = Arrays.stream(estimates).average().orElseThrow();
    double variance = Arrays.stream(estimates).map(e -> (e - average) * (e - average)).sum() / 399;
    double standardError = Math.sqrt(variance / 400);
    assertTrue(standardError < 0.03, "standard error " + standardError);
    assertEquals(expected, average, 4 * standardError);
  }

  private static double distance(Shape shape, float[] generated, float[] real) {
    Metric.Measuring measuring = new EnergyDistance().start(shape);
    measuring.generated(generated, (int) (generated.length / shape.size()));
    measuring.real(real, (int) (real.length / shape.size()));
    return measuring.result().get(0).value();
  }

  private static double meanWithin(float[] points, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        sum += norm(points, i, points, j);
      }
    }
    return sum / count / (count - 1);
  }

  private static double norm(float[] x, int i, float[] y, int j) {
    double sum = 0;
    for (int k = 0; k < 12; k++) {
      sum += Math.pow((double) x[12 * i + k] - y[12 * j + k], 2);
    }
    return Math.sqrt(sum);
  }

  private static float[] normals(Random random, int count, double mean, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return values;
  }

  private static float[] repeat(int count, float... point) {
    float[] values = new float[count * point.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = point[i % point.length];
    }
    return values;
  }
}
