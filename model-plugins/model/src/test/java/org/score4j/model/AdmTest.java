package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Prediction;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class AdmTest {

  private static Adm tiny() {
    return new Adm(4, List.of(1, 2), 1, List.of(2), 4, 0, 0, Prediction.NOISE, false);
  }

  /**
   * 296 M with the classes of ImageNet (Karras et al. 2022, table 7; Dhariwal and Nichol 2021): the
   * count is that of the published modules, and 768 for our row of "any class".
   */
  @Test
  void imageNet64HasThePublishedNumberOfParameters() {
    var adm =
        new Adm(
            192,
            List.of(1, 2, 3, 4),
            3,
            List.of(32, 16, 8),
            64,
            0.1,
            1000,
            Prediction.NOISE,
            false);
    try (var graph = TestGraph.fresh()) {
      var tf = graph.tf();
      adm.apply(
          graph.scope(),
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 64, 64, 3))),
          graph.level(1, 1),
          Condition.labels(tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1))), 1000));
      long count = graph.parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
      assertEquals(295_899_267L + 768, count);
    }
  }

  @Test
  void adaptiveBlocksDifferentiate() {
    LayerGradientTest.verify(
        Shape.of(2, 2, 2, 4),
        (s, x) -> {
          var tf = s.tf();
          var embedding =
              tf.reshape(tf.constant(TestGraph.normals(6, 9)), tf.constant(new int[] {2, 3}));
          return new AdaptiveBlock(8, new Dropout(0), new GroupNorm(4, 1e-5))
              .apply(s, x, embedding, y -> new NearestResampling().up(tf, y));
        });
  }

  @Test
  void onlyTheRatioOfNoiseToSignalIsTold() {
    try (var graph = TestGraph.scrambled()) {
      var x = graph.normal(1, 4, 4, 3);
      var a = tiny().apply(graph.samplingScope(), x, graph.level(1, 2), Condition.none());
      var b = tiny().apply(graph.samplingScope(), x, graph.level(0.25, 0.5), Condition.none());
      graph.initialize();
      assertArrayEquals(graph.values(a), graph.values(b));
    }
  }

  @Test
  void headsMustFit() {
    var adm = new Adm(4, List.of(1, 2), 1, List.of(4), 8, 0, 0, Prediction.NOISE, false);
    try (var graph = TestGraph.fresh()) {
      var fault =
          assertThrows(
              InvalidValueException.class,
              () ->
                  adm.apply(
                      graph.scope(),
                      graph.normal(1, 4, 4, 3),
                      graph.level(1, 1),
                      Condition.none()));
      assertEquals("headChannels", fault.faults().get(0).component());
    }
  }
}
