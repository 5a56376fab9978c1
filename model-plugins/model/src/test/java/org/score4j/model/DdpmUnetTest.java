package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Prediction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class DdpmUnetTest {

  @Test
  void outputHasTheShapeOfTheInput() {
    try (var graph = TestGraph.scrambled()) {
      var y = apply(graph, unet(List.of(1, 2, 2), List.of(7)), graph.normal(2, 28, 28, 3));
      graph.initialize();
      assertEquals(Shape.of(2, 28, 28, 3), y.shape());
      assertEquals(2 * 28 * 28 * 3, graph.values(y).length);
    }
  }

  @Test
  void startsAsZero() {
    try (var graph = TestGraph.fresh()) {
      var y = apply(graph, unet(List.of(1, 2), List.of()), graph.normal(2, 8, 8, 1));
      graph.initialize();
      assertEquals(0, norm(graph.values(y)));
    }
  }

  @Test
  void preconditionedItDependsOnTheSignalToNoiseRatioAlone() {
    try (var graph = TestGraph.scrambled()) {
      var model = new EdmPreconditioned(unet(List.of(1, 2), List.of()), 0.5);
      var x = graph.normal(2, 8, 8, 1);
      var larger = graph.tf().math.mul(x, graph.tf().constant(50f));
      var none = Condition.none();
      var y = model.apply(graph.scope(), x, graph.level(0.02, 1), none);
      var same = model.apply(graph.scope(), larger, graph.level(1, 50), none);
      var noisier = model.apply(graph.scope(), x, graph.level(0.01, 1), none);
      graph.initialize();
      assertTrue(relativeError(graph.values(same), graph.values(y)) < 1e-4);
      assertTrue(relativeError(graph.values(noisier), graph.values(y)) > 1e-2);
    }
  }

  @Test
  void refusesSizesThatDoNotHalve() {
    var failure = refusal(unet(List.of(1, 1, 1, 1), List.of()), 28);
    assertEquals("multipliers", failure.faults().get(0).component());
    assertTrue(failure.getMessage().contains("multiples of 8, not 28 x 28"), failure.getMessage());
  }

  @Test
  void refusesAttentionWhereThereIsNoSuchHeight() {
    var failure = refusal(unet(List.of(1, 1), List.of(16)), 28);
    assertEquals("attention", failure.faults().get(0).component());
    assertTrue(failure.getMessage().contains("[28, 14]"), failure.getMessage());
  }

  private static InvalidValueException refusal(DdpmUnet unet, int size) {
    try (var graph = TestGraph.fresh()) {
      var x = graph.normal(1, size, size, 1);
      return assertThrows(InvalidValueException.class, () -> apply(graph, unet, x));
    }
  }

  private static DdpmUnet unet(List<Integer> multipliers, List<Integer> attention) {
    return new DdpmUnet(
        8,
        multipliers,
        1,
        attention,
        false,
        0,
        Activation.SWISH,
        4,
        true,
        NoiseLabel.LOG_SNR,
        0.01,
        50,
        1000,
        false,
        true,
        0,
        Prediction.NOISE);
  }

  private static Operand<TFloat32> apply(TestGraph graph, DdpmUnet unet, Operand<TFloat32> x) {
    return unet.apply(graph.scope(), x, graph.level(0.8, 0.6), Condition.none());
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static double relativeError(float[] found, float[] expected) {
    float[] difference = new float[found.length];
    for (int i = 0; i < found.length; i++) {
      difference[i] = found[i] - expected[i];
    }
    return norm(difference) / norm(expected);
  }
}
