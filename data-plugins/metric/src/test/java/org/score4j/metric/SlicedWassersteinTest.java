package org.score4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Metric;
import org.tensorflow.ndarray.Shape;

class SlicedWassersteinTest {

  /** Points and directions are data; the distances were computed outside of this project. */
  @ParameterizedTest
  @CsvSource({"1, 0.358028176639817", "2, 0.4165462859533287"})
  void distancesAlongGivenDirectionsAgreeWithAReference(double order, double expected)
      throws IOException {
    List<double[]> directions = Arrays.asList(read("directions.csv"));
    double[][] p = read("p.csv");
    double[][] q = read("q.csv");
    var metric = new SlicedWasserstein(directions.size(), order, 128);
    var found = metric.distance(directions, points(p), points(q));
    // The metric is given float32, the reference used float64.
    assertEquals(expected, found.get(0).value(), 1e-7);
  }

  /** In one dimension there is one slice; by hand: sorted, 0-1, 2-5, 4-5. */
  @ParameterizedTest
  @CsvSource({"1, 1.6666666666666667", "2, 1.9148542155126762"})
  void inOneDimensionSortedPointsAreMatched(double order, double expected) {
    float[] generated = {4, 0, 2};
    float[] real = {5, 5, 1};
    assertEquals(expected, distance(order, Shape.of(1), generated, real), 1e-15);
  }

  /** By hand: quantiles 0, 0, 3, 3, 6, 6 and 1, 1, 1, 5, 5, 5. */
  @ParameterizedTest
  @CsvSource({"1, 1.3333333333333333", "2, 1.4142135623730951"})
  void differentNumbersOfExamplesAreComparedByQuantiles(double order, double expected) {
    float[] generated = {6, 3, 0};
    float[] real = {1, 5};
    assertEquals(expected, distance(order, Shape.of(1), generated, real), 1e-15);
    assertEquals(expected, distance(order, Shape.of(1), real, generated), 1e-15);
  }

  /**
   * Of a shift by v: E|u . v|, which in two dimensions is 2/pi |v|, and sqrt(E(u . v)^2) = |v|/sqrt
   * 2.
   */
  @Test
  void shiftedExamplesAreAsFarApartAsTheShiftOnAverage() {
    Random random = new Random(3);
    float[] generated = normals(random, 2 * 100, 1);
    float[] real = generated.clone();
    for (int i = 0; i < 100; i++) {
      real[2 * i] += 3;
      real[2 * i + 1] -= 4;
    }
    // Over 4096 directions the means have standard errors of 0.5% of |v|.
    assertEquals(
        5 * 2 / Math.PI,
        value(new SlicedWasserstein(4096, 1, 100), Shape.of(2), generated, real),
        5 * 0.02);
    assertEquals(
        5 / Math.sqrt(2),
        value(new SlicedWasserstein(4096, 2, 100), Shape.of(2), generated, real),
        5 * 0.02);
  }

  /** In D dimensions every projection of N(0, s^2 I) is N(0, s^2): W_1 = |s - 1| sqrt(2/pi). */
  @Test
  void gaussiansOfDifferentSpreadHaveTheClosedForm() {
    Random random = new Random(5);
    float[] generated = normals(random, 12 * 10_000, 1);
    float[] real = normals(random, 12 * 10_000, 2);
    // A standard deviation is known to 0.7% in each of 12 directions, the larger one to 1.4% of 1.
    assertEquals(Math.sqrt(2 / Math.PI), distance(1, Shape.of(2, 3, 2), generated, real), 0.02);
    assertEquals(1, distance(2, Shape.of(2, 3, 2), generated, real), 0.02);
  }

  @Test
  void equalSetsInAnyOrderAreAtZero() {
    float[] generated = {0, 1, 2, 3, 4, 5};
    float[] real = {4, 5, 0, 1, 2, 3};
    assertEquals(0, distance(1, Shape.of(2), generated, real));
  }

  @Test
  void brokenSamplesGiveNoNumber() {
    float[] broken = {0, Float.NaN};
    assertTrue(Double.isNaN(distance(1, Shape.of(1), broken, new float[] {1, 5})));
  }

  @Test
  void componentsAreChecked() {
    var faults =
        assertThrows(InvalidValueException.class, () -> new SlicedWasserstein(0, 0.5, 0)).faults();
    assertEquals("projections", faults.get(0).component());
    assertEquals("order", faults.get(1).component());
    assertEquals("limit", faults.get(2).component());
    SlicedWasserstein all = new SlicedWasserstein(1, 1, 1_000_000);
    assertThrows(InvalidValueException.class, () -> all.start(Shape.of(64, 64, 3)));
  }

  private static double distance(double order, Shape shape, float[] generated, float[] real) {
    return value(new SlicedWasserstein(128, order, 50_000), shape, generated, real);
  }

  private static double value(Metric metric, Shape shape, float[] generated, float[] real) {
    Metric.Measuring measuring = metric.start(shape);
    measuring.generated(generated, (int) (generated.length / shape.size()));
    measuring.real(real, (int) (real.length / shape.size()));
    return measuring.result().get(0).value();
  }

  private static float[] normals(Random random, int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static Points points(double[][] rows) {
    var points = new Points(rows[0].length, rows.length);
    points.add(floats(rows), rows.length);
    return points;
  }

  private static float[] floats(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return values;
  }

  private static double[][] read(String resource) throws IOException {
    try (var stream = SlicedWassersteinTest.class.getResourceAsStream(resource);
        var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      return reader
          .lines()
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    }
  }
}
