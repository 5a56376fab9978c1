package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class DdpmUnetTest {

  @Test
  void outputHasTheShapeOfTheInput() {
    try (var graph = TestGraph.scrambled()) {
      var y = apply(graph, unet(List.of(1, 2, 2), List.of(7), 0), graph.normal(2, 28, 28, 3));
      graph.initialize();
      assertEquals(Shape.of(2, 28, 28, 3), y.shape());
      assertEquals(2 * 28 * 28 * 3, graph.values(y).length);
    }
  }

  @Test
  void imagesNeedNotBeSquare() {
    try (var graph = TestGraph.scrambled()) {
      var y = apply(graph, unet(List.of(1, 1), List.of(4), 0), graph.normal(2, 8, 12, 1));
      graph.initialize();
      assertEquals(2 * 8 * 12, graph.values(y).length);
    }
  }

  @Test
  void anUnknownBatchGivesWhatAKnownOneDoes() {
    try (var graph = TestGraph.scrambled()) {
      var unet = unet(List.of(1, 2), List.of(4), 0);
      var known = graph.normal(3, 8, 8, 1);
      var unknown =
          graph.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 8, 8, 1)));
      var expected = apply(graph, unet, known);
      var y = apply(graph, unet, unknown);
      var gradient = graph.tf().gradients(y, List.of(graph.parameters().get("input/kernel")));
      graph.initialize();
      assertArrayEquals(new long[] {-1, 8, 8, 1}, y.shape().asArray());
      try (var x = TestGraph.tensor(Shape.of(3, 8, 8, 1), graph.values(known));
          var result = graph.runner().feed(unknown, x).fetch(y).fetch(gradient.dy(0)).run()) {
        assertArrayEquals(graph.values(expected), TestGraph.flat((TFloat32) result.get(0)), 1e-5f);
        assertTrue(norm(TestGraph.flat((TFloat32) result.get(1))) > 0);
      }
    }
  }

  @Test
  void everyExampleIsTreatedAlone() {
    try (var graph = TestGraph.scrambled()) {
      var unet = unet(List.of(1, 2), List.of(4), 0);
      var x = graph.normal(2, 8, 8, 1);
      var second =
          graph
              .tf()
              .slice(
                  x,
                  graph.tf().constant(new int[] {1, 0, 0, 0}),
                  graph.tf().constant(new int[] {1, 8, 8, 1}));
      var none = Condition.none();
      var both =
          unet.apply(
              graph.scope(), x, graph.level(new float[] {1, 1}, new float[] {9, 0.2f}), none);
      var alone = unet.apply(graph.scope(), second, graph.level(1, 0.2), none);
      graph.initialize();
      float[] found = Arrays.copyOfRange(graph.values(both), 64, 128);
      assertArrayEquals(graph.values(alone), found, 2e-5f);
    }
  }

  @Test
  void startsAsZero() {
    try (var graph = TestGraph.fresh()) {
      var y = apply(graph, unet(List.of(1, 2), List.of(), 0), graph.normal(2, 8, 8, 1));
      graph.initialize();
      assertEquals(0, norm(graph.values(y)));
    }
  }

  @Test
  void theClassChangesTheOutput() {
    try (var graph = TestGraph.scrambled()) {
      var unet = unet(List.of(1, 2), List.of(), 3);
      var x = graph.normal(1, 8, 8, 1);
      var level = graph.level(1, 1);
      var labels = graph.tf().constant(new int[] {2});
      var other = graph.tf().constant(new int[] {1});
      var any = unet.apply(graph.scope(), x, level, Condition.labels(other, 3));
      var told = unet.apply(graph.scope(), x, level, Condition.labels(labels, 3));
      graph.initialize();
      assertTrue(relativeError(graph.values(told), graph.values(any)) > 1e-2);
    }
  }

  @Test
  void bfloat16StaysCloseToFloat32() {
    float[] exact;
    try (var graph = TestGraph.scrambled()) {
      var y = apply(graph, unet(List.of(1, 2), List.of(4), 0), graph.normal(2, 8, 8, 1));
      graph.initialize();
      exact = graph.values(y);
    }
    try (var graph = TestGraph.scrambled(Precision.BFLOAT16)) {
      var y = apply(graph, unet(List.of(1, 2), List.of(4), 0), graph.normal(2, 8, 8, 1));
      graph.initialize();
      double error = relativeError(graph.values(y), exact);
      assertTrue(error > 1e-5 && error < 3e-2, "relative error " + error);
    }
  }

  @Test
  void dropoutActsInTrainingOnly() {
    try (var graph = TestGraph.scrambled()) {
      var dropping = unet(List.of(1), List.of(), 0.5, 0);
      var keeping = unet(List.of(1), List.of(), 0, 0);
      var x = graph.normal(1, 8, 8, 1);
      var level = graph.level(1, 1);
      var none = Condition.none();
      var training = dropping.apply(graph.scope(), x, level, none);
      var sampling = dropping.apply(graph.samplingScope(), x, level, none);
      var expected = keeping.apply(graph.scope(), x, level, none);
      graph.initialize();
      assertArrayEquals(graph.values(expected), graph.values(sampling));
      assertTrue(relativeError(graph.values(training), graph.values(expected)) > 1e-2);
    }
  }

  @Test
  void preconditionedItDependsOnTheSignalToNoiseRatioAlone() {
    try (var graph = TestGraph.scrambled()) {
      var model = new EdmPreconditioned(unet(List.of(1, 2), List.of(), 0), 0.5);
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
    var failure = refusal(unet(List.of(1, 1, 1, 1), List.of(), 0), 28);
    assertEquals("multipliers", failure.faults().get(0).component());
    assertTrue(failure.getMessage().contains("multiples of 8, not 28 x 28"), failure.getMessage());
  }

  @Test
  void refusesAttentionWhereThereIsNoSuchHeight() {
    var failure = refusal(unet(List.of(1, 1), List.of(16), 0), 28);
    assertEquals("attention", failure.faults().get(0).component());
    assertTrue(failure.getMessage().contains("[28, 14]"), failure.getMessage());
  }

  @Test
  void refusesPoints() {
    try (var graph = TestGraph.fresh()) {
      var x = graph.normal(2, 3);
      assertThrows(InvalidValueException.class, () -> apply(graph, new DdpmUnet(), x));
    }
  }

  private static InvalidValueException refusal(DdpmUnet unet, int size) {
    try (var graph = TestGraph.fresh()) {
      var x = graph.normal(1, size, size, 1);
      return assertThrows(InvalidValueException.class, () -> apply(graph, unet, x));
    }
  }

  private static DdpmUnet unet(List<Integer> multipliers, List<Integer> attention, int classes) {
    return unet(multipliers, attention, 0, classes);
  }

  private static DdpmUnet unet(
      List<Integer> multipliers, List<Integer> attention, double dropout, int classes) {
    return new DdpmUnet(
        8,
        multipliers,
        1,
        attention,
        false,
        dropout,
        Activation.SWISH,
        4,
        true,
        NoiseLabel.LOG_SNR,
        0.01,
        50,
        1000,
        false,
        true,
        classes,
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
