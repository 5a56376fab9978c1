package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class NcsnTest {
  private static final List<Integer> PUBLISHED = List.of(1, 2, 2, 2);
  private static final Ncsn NCSN = new Ncsn(4, PUBLISHED, Activation.ELU, false, 0.01, 1, 10);
  private static final NcsnV2 NCSN_V2 = new NcsnV2(4, PUBLISHED, Activation.ELU, false);

  @Test
  void ncsnIsTheReferencesWeightForWeight() {
    var fixture = NcsnFixture.open("ncsn");
    var model = new Ncsn(6, PUBLISHED, Activation.ELU, false, 0.01, 1, 10);
    try (var graph = TestGraph.fresh()) {
      var y = apply(graph, model, fixture.images(graph, "x"), ends(graph));
      fixture.verify(graph, y, model.referenceWeights(16), "weights/", "out_f64", 5.59e-6);
    }
  }

  @Test
  void ncsnV2IsTheReferencesWeightForWeight() {
    var fixture = NcsnFixture.open("ncsn-v2");
    var model = new NcsnV2(8, PUBLISHED, Activation.ELU, false);
    try (var graph = TestGraph.fresh()) {
      var y = apply(graph, model, fixture.images(graph, "x"), ends(graph));
      fixture.verify(graph, y, model.referenceWeights(16), "weights/", "out_f64", 2.45e-4);
    }
  }

  /** The levels 0 and 9 of the fixtures' ten. */
  private static LevelTensors ends(TestGraph graph) {
    return graph.level(new float[] {1, 1}, new float[] {1, 0.01f});
  }

  @Test
  void everyPublishedDepthHasItsReferenceNames() {
    for (var multipliers : List.of(PUBLISHED, List.of(1, 2, 2, 4, 4), List.of(1, 2, 2, 2, 4, 4))) {
      try (var graph = TestGraph.fresh()) {
        var model = new NcsnV2(2, multipliers, Activation.ELU, true);
        apply(graph, model, graph.normal(1, 8, 8, 1), graph.level(1, 1));
        var weights = model.referenceWeights(8);
        assertEquals(
            new TreeSet<>(graph.parameters().keySet()),
            weights.stream()
                .map(ReferenceWeight::path)
                .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
            weights.size(), weights.stream().map(ReferenceWeight::references).distinct().count());
      }
    }
    assertEquals("res31.0.conv2.conv.weight", reference("stage3/block0/conv1/kernel"));
    assertEquals("res4.0.shortcut.weight", reference("stage4/block0/skip/kernel"));
    assertEquals("refine31.msf.convs.1.bias", reference("refine3/fuse/conv1/bias"));
    assertEquals("refine1.crp.convs.0.weight", reference("refine5/pool/conv0/kernel"));
  }

  @Test
  void everyNormalizationHasItsReferenceNames() {
    for (var normalization : NcsnNormalization.values()) {
      var model = new NcsnV2(4, PUBLISHED, Activation.ELU, false, normalization, 232);
      try (var graph = TestGraph.scrambled()) {
        var y = apply(graph, model, graph.normal(2, 8, 8, 3), graph.level(1, 0.3));
        graph.initialize();
        for (float value : graph.values(y)) {
          assertTrue(Float.isFinite(value));
        }
        assertEquals(
            new TreeSet<>(graph.parameters().keySet()),
            model.referenceWeights(8).stream()
                .map(ReferenceWeight::path)
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
  }

  private static String reference(String path) {
    return NcsnV2Preset.NCSNV2_256.get().referenceWeights(256).stream()
        .filter(weight -> weight.path().equals(path))
        .findFirst()
        .orElseThrow()
        .references()
        .get(0);
  }

  @Test
  void imagesMayHaveAnyHeightAndWidth() {
    for (ScoreModel model : List.of(NCSN, NCSN_V2)) {
      try (var graph = TestGraph.scrambled()) {
        var y = apply(graph, model, graph.normal(2, 13, 6, 3), graph.level(1, 0.3));
        graph.initialize();
        assertEquals(Shape.of(2, 13, 6, 3), y.shape());
        for (float value : graph.values(y)) {
          assertTrue(Float.isFinite(value));
        }
      }
    }
  }

  @Test
  void dataShrunkByAlphaHaveALargerScore() {
    for (ScoreModel model : List.of(NCSN, NCSN_V2)) {
      try (var graph = TestGraph.scrambled()) {
        var x = graph.normal(1, 8, 8, 1);
        var quarter = graph.tf().constant(0.25f);
        var plain = apply(graph, model, x, graph.level(1, 0.4));
        var shrunk = apply(graph, model, graph.tf().math.mul(x, quarter), graph.level(0.25, 0.1));
        var scaled = graph.tf().math.mul(shrunk, quarter);
        graph.initialize();
        float[] values = graph.values(plain);
        assertArrayEquals(values, graph.values(scaled), 1e-5f * largest(values));
      }
    }
  }

  @Test
  void ncsnTellsLevelsApartAndTakesTheNearest() {
    try (var graph = TestGraph.scrambled()) {
      var x = graph.normal(1, 8, 8, 1);
      // Neighbours of 0.2154 are 0.1292 and 0.3594: the bounds, halfway in the logarithm, are
      // 0.1668 and 0.2783.
      var at = apply(graph, NCSN, x, graph.level(1, 0.21544347));
      var below = apply(graph, NCSN, x, graph.level(1, 0.168));
      var above = apply(graph, NCSN, x, graph.level(1, 0.277));
      var next = apply(graph, NCSN, x, graph.level(1, 0.279));
      graph.initialize();
      assertArrayEquals(graph.values(at), graph.values(below));
      assertArrayEquals(graph.values(at), graph.values(above));
      float[] other = graph.values(next);
      float[] difference = graph.values(graph.tf().math.sub(next, at));
      assertTrue(largest(difference) > 1e-2 * largest(other));
    }
  }

  @Test
  void everyLevelOfALadderFindsItsNumber() {
    for (var ladder :
        List.of(
            new NoiseLadder(0.01, 1, 10),
            new NoiseLadder(0.01, 50, 232),
            new NoiseLadder(0.01, 348, 2311))) {
      int levels = ladder.levels();
      float[] sigma = new float[levels + 3];
      int[] expected = new int[levels + 3];
      for (int i = 0; i < levels; i++) {
        double fraction = (double) i / (levels - 1);
        sigma[i] =
            (float)
                Math.exp(
                    (1 - fraction) * Math.log(ladder.sigmaMax())
                        + fraction * Math.log(ladder.sigmaMin()));
        expected[i] = i;
      }
      sigma[levels] = 1e4f;
      sigma[levels + 1] = 1e-4f;
      sigma[levels + 2] = 0;
      expected[levels + 1] = levels - 1;
      expected[levels + 2] = levels - 1;
      try (var graph = TestGraph.fresh()) {
        var tf = graph.tf();
        Operand<TFloat32> found =
            tf.dtypes.cast(ladder.nearest(tf, tf.constant(sigma)), TFloat32.class);
        float[] numbers = graph.values(found);
        assertArrayEquals(
            expected, IntStream.range(0, numbers.length).map(i -> (int) numbers[i]).toArray());
      }
    }
  }

  @Test
  void rejectsComponentsThatMakeNoNetwork() {
    var ncsn =
        assertThrows(
            InvalidValueException.class,
            () -> new Ncsn(1, List.of(1, 2), Activation.ELU, false, 1, 1, 1));
    assertEquals(
        List.of("channels", "multipliers", "sigmaMax", "levels"),
        ncsn.faults().stream().map(InvalidValueException.Fault::component).toList());
    var second =
        assertThrows(
            InvalidValueException.class,
            () -> new NcsnV2(2, List.of(1, 0, 2), Activation.ELU, false));
    assertEquals("multipliers", second.faults().get(0).component());
  }

  private static Operand<TFloat32> apply(
      TestGraph graph, ScoreModel model, Operand<TFloat32> x, LevelTensors level) {
    return model.apply(graph.scope(), x, level, Condition.none());
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
