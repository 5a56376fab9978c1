package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Prediction;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class MlpTest {

  @Test
  void anUnknownBatchGivesWhatAKnownOneDoes() {
    try (var graph = TestGraph.scrambled()) {
      var mlp = new Mlp(8, 2, Activation.TANH, 4, 1, 0, Prediction.SCORE, false);
      var known = graph.normal(5, 2);
      var unknown = graph.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      var level = graph.level(1, 2);
      var expected = mlp.apply(graph.scope(), known, level, Condition.none());
      var y = mlp.apply(graph.scope(), unknown, level, Condition.none());
      graph.initialize();
      assertArrayEquals(new long[] {-1, 2}, y.shape().asArray());
      try (var x = TestGraph.tensor(Shape.of(5, 2), graph.values(known));
          var result = graph.runner().feed(unknown, x).fetch(y).run()) {
        assertArrayEquals(graph.values(expected), TestGraph.flat((TFloat32) result.get(0)), 1e-6f);
      }
    }
  }

  @Test
  void startsAsZero() {
    try (var graph = TestGraph.fresh()) {
      var y =
          new Mlp().apply(graph.scope(), graph.normal(3, 2), graph.level(1, 1), Condition.none());
      graph.initialize();
      assertArrayEquals(new float[6], graph.values(y));
    }
  }

  @Test
  void theClassChangesTheOutput() {
    try (var graph = TestGraph.scrambled()) {
      var mlp = new Mlp(8, 2, Activation.SOFTPLUS, 4, 1, 2, Prediction.NOISE, false);
      var x = graph.constant(Shape.of(2, 2), 1, 2, 1, 2);
      var labels = graph.tf().constant(new int[] {0, 1});
      var y = mlp.apply(graph.scope(), x, graph.level(1, 1), Condition.labels(labels, 2));
      graph.initialize();
      float[] found = graph.values(y);
      assertTrue(Math.abs(found[0] - found[2]) > 1e-2);
    }
  }

  @Test
  void refusesImages() {
    try (var graph = TestGraph.fresh()) {
      var x = graph.normal(1, 2, 2, 1);
      var level = graph.level(1, 1);
      var none = Condition.none();
      assertThrows(
          InvalidValueException.class, () -> new Mlp().apply(graph.scope(), x, level, none));
    }
  }

  @Test
  void reportsEveryFaultOfItsComponents() {
    var failure =
        assertThrows(
            InvalidValueException.class,
            () -> new Mlp(0, 0, Activation.SWISH, 3, -1, -1, Prediction.NOISE, false));
    assertEquals(5, failure.faults().size());
  }
}
