package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Prediction;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class DiffusionTransformerTest {

  private static DiffusionTransformer tiny() {
    return new DiffusionTransformer(2, 8, 1, 2, NoiseLabel.TIME, 0, Prediction.NOISE, false);
  }

  /**
   * Trained parameters in the paper's table 4, for latents of 4 channels and 1000 classes; there
   * the output has numbers for variances too.
   */
  @ParameterizedTest
  @CsvSource({
    "S_2,33", "S_4,33", "S_8,33", "B_2,130", "B_4,130", "B_8,131",
    "L_2,458", "L_4,458", "L_8,459", "XL_2,675", "XL_4,675", "XL_8,676"
  })
  void presetsHaveTheMillionsOfParametersOfThePaper(
      DiffusionTransformerPreset preset, long millions) {
    assertEquals(millions, Math.round(parameters(preset.get()) / 1e6));
  }

  /** 675129632 in the published code, where the sinusoids of places count too. */
  @Test
  void theLargestHasThePublishedNumberOfParameters() {
    assertEquals(675129632 - 256 * 1152, parameters(DiffusionTransformerPreset.XL_2.get()));
  }

  private static long parameters(DiffusionTransformer p) {
    var model =
        new DiffusionTransformer(
            p.patch(), p.width(), p.blocks(), p.heads(), p.label(), 1000, p.prediction(), true);
    try (var graph = TestGraph.fresh()) {
      var tf = graph.tf();
      model.apply(
          graph.scope(),
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 32, 32, 4))),
          graph.level(1, 1),
          Condition.labels(tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1))), 1000));
      return graph.parameters().values().stream().mapToLong(v -> v.shape().size()).sum();
    }
  }

  @Test
  void blocksDifferentiate() {
    LayerGradientTest.verify(
        Shape.of(2, 3, 4),
        (s, x) -> {
          var tf = s.tf();
          var embedding =
              tf.reshape(tf.constant(TestGraph.normals(6, 9)), tf.constant(new int[] {2, 3}));
          return new TransformerBlock(2).apply(s, x, embedding);
        });
  }

  @Test
  void blocksStartAsTheIdentityAndTheOutputAtZero() {
    try (var graph = TestGraph.fresh()) {
      var x = graph.normal(1, 4, 6, 3);
      var y = tiny().apply(graph.scope(), x, graph.level(1, 1), Condition.none());
      var tokens = graph.normal(1, 3, 4);
      var embedding = graph.normal(1, 4);
      var same = new TransformerBlock(2).apply(graph.scope().child("b"), tokens, embedding);
      graph.initialize();
      for (float value : graph.values(y)) {
        assertEquals(0, value);
      }
      float[] before = graph.values(tokens);
      float[] after = graph.values(same);
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i], after[i]);
      }
    }
  }

  /** With a single head and zero projections a square's output depends on that square alone. */
  @Test
  void squaresReturnToTheirPlaces() {
    try (var graph = TestGraph.scrambled()) {
      float[] image = TestGraph.normals(4 * 4, 3);
      float[] moved = image.clone();
      moved[15] += 1;
      float[] both = new float[32];
      System.arraycopy(image, 0, both, 0, 16);
      System.arraycopy(moved, 0, both, 16, 16);
      var x = graph.constant(Shape.of(2, 4, 4, 1), both);
      var y = tiny().apply(graph.samplingScope(), x, graph.level(1, 1), Condition.none());
      graph.initialize();
      try (var zero = TestGraph.tensor(Shape.of(8, 8), new float[64]);
          var result =
              graph
                  .runner()
                  .feed(graph.parameters().get("block0/out/kernel"), zero)
                  .fetch(y)
                  .run()) {
        float[] values = TestGraph.flat((TFloat32) result.get(0));
        for (int i = 0; i < 16; i++) {
          boolean inLastSquare = i / 4 >= 2 && i % 4 >= 2;
          double change = Math.abs(values[i] - values[16 + i]);
          assertTrue(inLastSquare ? change > 1e-4 : change < 1e-6, i + " changed by " + change);
        }
      }
    }
  }

  @Test
  void squaresMustFit() {
    try (var graph = TestGraph.fresh()) {
      var x = graph.normal(1, 5, 4, 1);
      var level = graph.level(1, 1);
      var fault =
          assertThrows(
              InvalidValueException.class,
              () -> tiny().apply(graph.scope(), x, level, Condition.none()));
      assertEquals("patch", fault.faults().get(0).component());
    }
  }
}
