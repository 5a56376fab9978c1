package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Prediction;

class MlpTest {

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
  void reportsEveryFaultOfItsComponents() {
    var failure =
        assertThrows(
            InvalidValueException.class,
            () -> new Mlp(0, 0, Activation.SWISH, 3, -1, -1, Prediction.NOISE, false));
    assertEquals(5, failure.faults().size());
  }
}
