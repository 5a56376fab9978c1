package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class NoiseEmbeddingTest {
  private final NoiseEmbedding untold = new NoiseEmbedding(16, 8, 0);
  private final NoiseEmbedding told = new NoiseEmbedding(16, 8, 3);

  @Test
  void dependsOnTheRatioOfSigmaAndAlphaAlone() {
    try (var graph = TestGraph.scrambled()) {
      var exploding = apply(graph, 1, 0.5, Condition.none());
      var preserving = apply(graph, 0.4, 0.2, Condition.none());
      var noisier = apply(graph, 0.4, 0.22, Condition.none());
      graph.initialize();
      assertArrayEquals(graph.values(exploding), graph.values(preserving), 1e-5f);
      assertTrue(distance(graph.values(preserving), graph.values(noisier)) > 1e-2);
    }
  }

  @Test
  void publishedNoiseLevelsAreAllTold() {
    try (var graph = TestGraph.scrambled()) {
      var finest = apply(graph, 1, 1e-3, Condition.none());
      var fine = apply(graph, 1, 1.1e-3, Condition.none());
      var coarse = apply(graph, 1, 1200, Condition.none());
      var coarsest = apply(graph, 1, 1348, Condition.none());
      graph.initialize();
      assertTrue(distance(graph.values(finest), graph.values(fine)) > 1e-2);
      assertTrue(distance(graph.values(coarse), graph.values(coarsest)) > 1e-2);
    }
  }

  @Test
  void vanishingNoiseIsFinite() {
    try (var graph = TestGraph.scrambled()) {
      var clean = apply(graph, 1, 0, Condition.none());
      graph.initialize();
      for (float value : graph.values(clean)) {
        assertTrue(Float.isFinite(value));
      }
    }
  }

  @Test
  void labelMinusOneMeansAClassOfItsOwn() {
    try (var graph = TestGraph.scrambled()) {
      var any = apply(graph, 1, 1, labels(graph, -1));
      var first = apply(graph, 1, 1, labels(graph, 0));
      var last = apply(graph, 1, 1, labels(graph, 2));
      graph.initialize();
      assertTrue(distance(graph.values(first), graph.values(any)) > 1e-2);
      assertTrue(distance(graph.values(last), graph.values(any)) > 1e-2);
      assertTrue(distance(graph.values(last), graph.values(first)) > 1e-2);
    }
  }

  @Test
  void refusesAnotherNumberOfClassesThanTheDataHave() {
    try (var graph = TestGraph.fresh()) {
      var four = Condition.labels(graph.tf().constant(new int[] {0}), 4);
      for (var condition : List.of(Condition.none(), four)) {
        assertThrows(
            InvalidValueException.class,
            () -> told.apply(graph.scope(), graph.level(1, 1), condition));
      }
    }
  }

  private Operand<TFloat32> apply(
      TestGraph graph, double alpha, double sigma, Condition condition) {
    var embedding = condition.labels().isPresent() ? told : untold;
    return embedding.apply(graph.scope(), graph.level(alpha, sigma), condition);
  }

  private static Condition labels(TestGraph graph, int label) {
    return Condition.labels(graph.tf().constant(new int[] {label}), 3);
  }

  private static double distance(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
