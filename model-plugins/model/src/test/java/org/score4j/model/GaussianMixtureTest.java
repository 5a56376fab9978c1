package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.MixtureComponent;
import org.tensorflow.ndarray.Shape;

class GaussianMixtureTest {
  private static final List<MixtureComponent> COMPONENTS =
      List.of(
          new MixtureComponent(1, List.of(-2.0, 1.0), List.of(0.3, 0.8)),
          new MixtureComponent(3, List.of(1.0, 0.5), List.of(0.6, 0.1)),
          new MixtureComponent(2, List.of(0.0, -1.0), List.of(0.0, 0.4)));
  private static final float[] POINTS = {-2, 1, 0.3f, 0.2f, -0.5f, -0.4f, 3, 4};
  private static final GaussianMixture MIXTURE = new GaussianMixture(COMPONENTS);

  @Test
  void scoreIsTheDerivativeOfTheLogDensity() {
    for (double[] level : new double[][] {{1, 0.1}, {0.6, 0.8}, {1, 50}, {0.01, 1}}) {
      float[] score = score(Shape.of(4, 2), POINTS, level[0], level[1]);
      for (int i = 0; i < POINTS.length; i++) {
        double expected = derivative(COMPONENTS, i, (float) level[0], (float) level[1]);
        assertEquals(expected, score[i], 1e-6 * Math.max(1, Math.abs(expected)));
      }
    }
  }

  @Test
  void scoreIsFiniteAndExactFarFromEveryComponent() {
    float[] score = score(Shape.of(1, 2), new float[] {1000, -1000}, 1, 0.01);
    // There the first component outweighs the others by e^(10^7) and more.
    assertEquals((-2 - 1000) / (0.3 * 0.3 + 1e-4), score[0], 1e-2);
    assertEquals((1 + 1000) / (0.8 * 0.8 + 1e-4), score[1], 1e-2);
  }

  @Test
  void dataMayBeImages() {
    assertArrayEquals(
        score(Shape.of(4, 2), POINTS, 0.6, 0.8), score(Shape.of(4, 2, 1, 1), POINTS, 0.6, 0.8));
  }

  @Test
  void aLabelPicksOneComponent() {
    try (var graph = TestGraph.fresh()) {
      var labels = graph.tf().constant(new int[] {0, 1, 2, -1});
      var told =
          new GaussianMixture(COMPONENTS, true)
              .apply(
                  graph.scope(),
                  graph.constant(Shape.of(4, 2), POINTS),
                  graph.level(0.6, 0.8),
                  Condition.labels(labels, 3));
      float[] found = graph.values(told);
      float[] any = score(Shape.of(4, 2), POINTS, 0.6, 0.8);
      for (int i = 0; i < 6; i++) {
        var alone = List.of(COMPONENTS.get(i / 2));
        assertEquals(derivative(alone, i, 0.6f, 0.8f), found[i], 2e-6);
      }
      assertEquals(any[6], found[6]);
      assertEquals(any[7], found[7]);
    }
  }

  @Test
  void refusesDataOfAnotherDimension() {
    var failure =
        assertThrows(InvalidValueException.class, () -> score(Shape.of(2, 3), new float[6], 1, 1));
    assertEquals("components", failure.faults().get(0).component());
  }

  @Test
  void refusesMeansOfDifferentLength() {
    var one = new MixtureComponent(1, List.of(0.0), List.of(1.0));
    var two = new MixtureComponent(1, List.of(0.0, 0.0), List.of(1.0, 1.0));
    assertThrows(InvalidValueException.class, () -> new GaussianMixture(List.of(one, two)));
    assertThrows(InvalidValueException.class, () -> new GaussianMixture(List.of()));
  }

  private static float[] score(Shape shape, float[] points, double alpha, double sigma) {
    try (var graph = TestGraph.fresh()) {
      var x = graph.constant(shape, points);
      return graph.values(
          MIXTURE.apply(graph.scope(), x, graph.level(alpha, sigma), Condition.none()));
    }
  }

  /** Derivative of the log density, of fourth order, with respect to number {@code i} of POINTS. */
  private static double derivative(
      List<MixtureComponent> components, int i, double alpha, double sigma) {
    double[] x = {POINTS[i - i % 2], POINTS[i - i % 2 + 1]};
    double step = 1e-3 * sigma;
    double[] at = new double[5];
    for (int j = -2; j <= 2; j++) {
      double[] moved = x.clone();
      moved[i % 2] += j * step;
      at[j + 2] = logDensity(components, moved, alpha, sigma);
    }
    return (at[0] - 8 * at[1] + 8 * at[3] - at[4]) / (12 * step);
  }

  private static double logDensity(
      List<MixtureComponent> components, double[] x, double alpha, double sigma) {
    double[] logs = new double[components.size()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logs.length; k++) {
      var component = components.get(k);
      logs[k] = Math.log(component.weight());
      for (int d = 0; d < x.length; d++) {
        double deviation = Math.hypot(alpha * component.standardDeviation().get(d), sigma);
        double z = (x[d] - alpha * component.mean().get(d)) / deviation;
        logs[k] -= z * z / 2 + Math.log(deviation);
      }
      largest = Math.max(largest, logs[k]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - largest);
    }
    return largest + Math.log(sum);
  }
}
