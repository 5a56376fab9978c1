package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Whole networks with the peer's weights give the peer's outputs. */
class ScoreUnetPeerTest {
  private static final List<Double> FIR = List.of(1.0, 3.0, 3.0, 1.0);

  /** The networks of the fixtures, all of 16 x 16 pixels. */
  private static NcsnPlusPlus network(String name) {
    boolean filters = !name.endsWith("b") && !name.endsWith("e");
    boolean ddpm = name.endsWith("d") || name.endsWith("e");
    boolean fourier = filters && !ddpm;
    boolean skips = name.endsWith("c") || name.endsWith("d");
    boolean levels = name.endsWith("d");
    return new NcsnPlusPlus(
        8,
        List.of(1, 2),
        name.endsWith("b") ? 2 : 1,
        List.of(name.endsWith("e") ? 16 : 8),
        0,
        Activation.SWISH,
        ddpm ? BlockType.DDPM : BlockType.BIGGAN,
        !levels,
        filters ? FIR : List.of(),
        !levels,
        skips
            ? ProgressiveOutput.OUTPUT_SKIP
            : name.endsWith("f") ? ProgressiveOutput.RESIDUAL : ProgressiveOutput.NONE,
        skips
            ? ProgressiveInput.INPUT_SKIP
            : fourier ? ProgressiveInput.RESIDUAL : ProgressiveInput.NONE,
        levels ? ProgressiveCombine.CAT : ProgressiveCombine.SUM,
        fourier ? LabelEncoding.FOURIER : LabelEncoding.POSITIONAL,
        16,
        fourier ? NoiseLabel.SIGMA : levels ? NoiseLabel.LEVEL : NoiseLabel.TIME,
        0.01,
        50,
        1000,
        fourier || levels,
        !levels,
        0,
        fourier || levels ? Prediction.SCORE : Prediction.NOISE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ncsnpp_a", "ncsnpp_b", "ncsnpp_c", "ncsnpp_d", "ncsnpp_e", "ncsnpp_f"})
  void ncsnPlusPlusIsThePeers(String name) {
    var network = network(name);
    verify(name, network, network.referenceWeights(16), network.label());
  }

  @Test
  void ddpmUnetIsThePeers() {
    var network =
        new DdpmUnet(
            32,
            List.of(2, 1),
            1,
            List.of(8),
            0,
            Activation.SWISH,
            1,
            true,
            NoiseLabel.TIME,
            0.01,
            50,
            1000,
            false,
            true,
            0,
            Prediction.NOISE);
    verify("ddpm_a", network, network.referenceWeights(16), NoiseLabel.TIME);
  }

  @Test
  void ddpmPlusPlusIsNcsnPlusPlusWithoutFilters() {
    var network =
        new DdpmPlusPlus(8, List.of(1, 2), 2, List.of(8), 0, Activation.SWISH, NoiseLabel.TIME, 0);
    verify("ncsnpp_b", network, network.referenceWeights(16), NoiseLabel.TIME);
  }

  /**
   * The peer's scores of ddpm_a: -net / sigma with label 999 t for VP and sub-VP, net with the
   * number of the level for VE. Its sigma at t = 0.001, 1 - exp(...) in float32, is off by 1e-4,
   * and is used here as it is.
   */
  @ParameterizedTest
  @CsvSource({
    "score/vp_continuous1,TIME,NOISE",
    "score/subvp_continuous1,TIME,NOISE",
    "score/ve_continuous0,LEVEL,SCORE"
  })
  void scoreIsThePeers(String name, NoiseLabel label, Prediction prediction) {
    var model =
        new DdpmUnet(
            32,
            List.of(2, 1),
            1,
            List.of(8),
            0,
            Activation.SWISH,
            1,
            true,
            label,
            0.01,
            50,
            1000,
            false,
            true,
            0,
            prediction);
    var io = PeerFile.open("ddpm_a.score");
    var file = PeerFile.open("ddpm_a.weights").file();
    float[] t = io.file().floats("t");
    float[] sigma = new float[t.length];
    for (int i = 0; i < t.length; i++) {
      float mean = -0.25f * t[i] * t[i] * 19.9f - 0.5f * t[i] * 0.1f;
      float variance = 1 - (float) Math.exp(2 * mean);
      sigma[i] =
          (float)
              (label == NoiseLabel.LEVEL
                  ? 0.01 * Math.pow(5000, t[i])
                  : name.contains("subvp") ? variance : Math.sqrt(variance));
    }
    try (var graph = TestGraph.fresh()) {
      var tf = graph.tf();
      var level = new Fixed(tf.constant(t), tf.constant(t), tf.constant(sigma));
      var scope = graph.scope();
      var field =
          model.prediction().field(tf, (x, l) -> model.apply(scope, x, l, Condition.none()));
      var score = field.score(io.tensor(graph, "x"), level);
      Map<String, float[]> values = new HashMap<>();
      model
          .referenceWeights(16)
          .forEach(
              w ->
                  values.put(
                      w.path(), w.values(file::floats, graph.parameters().get(w.path()).shape())));
      double largest = 0;
      for (double s : io.file().doubles(name)) {
        largest = Math.max(largest, Math.abs(s));
      }
      io.verify(graph, score, values, name, 2e-5 * largest);
    }
  }

  private static void verify(
      String name, ScoreModel model, List<ReferenceWeight> weights, NoiseLabel label) {
    var io = PeerFile.open(name + ".io");
    var file = PeerFile.open(name + ".weights").file();
    try (var graph = TestGraph.fresh()) {
      var x = io.tensor(graph, "x");
      var level = level(graph, label, io.file().floats("labels"));
      var y = model.apply(graph.scope(), x, level, Condition.none());

      var variables = new HashMap<>(graph.parameters());
      variables.putAll(graph.buffers());
      assertEquals(
          new TreeSet<>(variables.keySet()),
          new TreeSet<>(weights.stream().map(ReferenceWeight::path).toList()));
      var used = new TreeSet<>(weights.stream().flatMap(w -> w.references().stream()).toList());
      used.add("sigmas");
      assertEquals(new TreeSet<>(file.names()), used);

      Map<String, float[]> values = new HashMap<>();
      weights.forEach(
          w -> values.put(w.path(), w.values(file::floats, variables.get(w.path()).shape())));
      io.verify(graph, y, values, "out_f64", PeerFile.tolerance(name));
    }
  }

  /** A level whose label is the given one. */
  private static LevelTensors level(TestGraph graph, NoiseLabel label, float[] labels) {
    float[] t = new float[labels.length];
    float[] alpha = new float[labels.length];
    float[] sigma = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      t[i] = labels[i] / 999;
      alpha[i] = 1;
      sigma[i] =
          label == NoiseLabel.LEVEL
              ? (float) (50 * Math.pow(0.01 / 50, labels[i] / 999))
              : labels[i];
    }
    return new Fixed(
        graph.tf().constant(t), graph.tf().constant(alpha), graph.tf().constant(sigma));
  }

  private record Fixed(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}
}
