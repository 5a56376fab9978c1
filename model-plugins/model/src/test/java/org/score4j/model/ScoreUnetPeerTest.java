package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.score.ScoreProgram;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Whole networks with the peer's weights give the peer's outputs. */
class ScoreUnetPeerTest {
  private static final List<Double> FIR = List.of(1.0, 3.0, 3.0, 1.0);

  /** The networks of the fixtures, all of 16 x 16 pixels. */
  static NcsnPlusPlus network(String name) {
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
            false,
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
   * What {@code runner score} and the peer's {@code get_score_fn} say of ddpm_a: -net / sigma with
   * label 999 t for VP and sub-VP, net with the number of the level for VE.
   */
  @ParameterizedTest
  @CsvSource({
    "score/vp_continuous1,TIME,NOISE",
    "score/subvp_continuous1,TIME,NOISE",
    "score/ve_continuous0,LEVEL,SCORE"
  })
  void scoreIsThePeers(String name, NoiseLabel label, Prediction prediction, @TempDir Path folder) {
    var model =
        new DdpmUnet(
            32,
            List.of(2, 1),
            1,
            List.of(8),
            false,
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
    float[] t = io.file().floats("t");
    double[] expected = io.doubles(name);
    double largest = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
    Path weights = folder.resolve("weights.safetensors");
    save(weights, model, PeerFile.open("ddpm_a.weights").file());
    try (var program =
        new ScoreProgram(
            new PeersProcess(name),
            model,
            Shape.of(16, 16, 3),
            0,
            Precision.FLOAT32,
            Device.CPU,
            new StoredParameters(() -> TensorFile.open(weights), "ema"))) {
      float[] found = program.at(io.floats("x"), t, new int[0]).score();
      for (int i = 0; i < found.length; i++) {
        assertEquals(expected[i], found[i], 2e-5 * largest);
      }
    }
  }

  /** Writes the peer's weights as a checkpoint of the model. */
  private static void save(Path path, DdpmUnet model, TensorFile peers) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    try (var graph = TestGraph.fresh()) {
      var x = graph.normal(1, 16, 16, 3);
      model.apply(graph.scope(), x, graph.level(1, 1), Condition.none());
      graph.parameters().forEach((name, value) -> shapes.put("ema/" + name, value.shape()));
    }
    try (var stream = new TensorStream(path, Map.of(), shapes)) {
      for (ReferenceWeight weight : model.referenceWeights(16)) {
        String name = "ema/" + weight.path();
        stream.write(name, weight.values(peers::floats, shapes.get(name)));
      }
      stream.finish();
    }
  }

  /**
   * VP or sub-VP (beta 0.1 to 20) or VE (0.01 to 50) as the peer computes them. Its sigma at t =
   * 0.001, 1 - exp(...) in float32, is off by 1e-4, and is used here as it is.
   */
  private record PeersProcess(String name) implements Sde {
    @Override
    public double drift(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double diffusion(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double alpha(double t) {
      return name.contains("vp") ? Math.exp(-0.25 * t * t * 19.9 - 0.05 * t) : 1;
    }

    @Override
    public double sigma(double t) {
      float time = (float) t;
      float mean = -0.25f * time * time * 19.9f - 0.5f * time * 0.1f;
      float variance = 1 - (float) Math.exp(2 * mean);
      return name.contains("/ve")
          ? 0.01 * Math.pow(5000, t)
          : name.contains("subvp") ? variance : Math.sqrt(variance);
    }

    @Override
    public double startTime() {
      return 1e-5;
    }

    @Override
    public double endTime() {
      return 1;
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
      weights.forEach(w -> verifyInverse(w, values.get(w.path()), variables, file));
      io.verify(graph, y, values, "out_f64", PeerFile.tolerance(name));
    }
  }

  private static void verifyInverse(
      ReferenceWeight weight,
      float[] values,
      Map<String, ? extends Operand<TFloat32>> variables,
      TensorFile file) {
    var shape = variables.get(weight.path()).shape();
    var tensors = weight.tensors(values, shape);
    assertEquals(weight.references(), List.copyOf(tensors.keySet()));
    tensors.forEach(
        (name, tensor) -> {
          assertArrayEquals(file.floats(name), tensor, name);
          assertEquals(file.shape(name), weight.referenceShape(shape), name);
        });
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
