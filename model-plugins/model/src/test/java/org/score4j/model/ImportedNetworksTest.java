package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.Progress;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeights;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.engine.weights.WeightImport;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFile;
import org.tensorflow.ndarray.Shape;

/**
 * A network with weights that came through {@link WeightImport} and a checkpoint gives its peer's
 * output, within twenty times the peer's own float32 noise.
 */
class ImportedNetworksTest {
  private static final List<Integer> STAGES = List.of(1, 2, 2, 2);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ncsnpp_a", "ncsnpp_b", "ncsnpp_c", "ncsnpp_d", "ncsnpp_e", "ncsnpp_f"})
  void ncsnPlusPlus(String name) {
    var network = ScoreUnetPeerTest.network(name);
    verify(name, network, network.label());
  }

  @Test
  void ddpm() {
    var network = ddpm(32, List.of(2, 1), List.of(8), false, NoiseLabel.TIME);
    verify("ddpm_a", network, NoiseLabel.TIME);
  }

  private void verify(String name, ScoreModel model, NoiseLabel label) {
    NamedTensors weights = PeerFile.open(name + ".weights").file();
    List<ReferenceWeight> names = ((ReferenceWeights) model).referenceWeights(16);
    TensorFile io = PeerFile.open(name + ".io").file();
    verify(model, names, weights, io, label, io.values("labels"), PeerFile.tolerance(name));
  }

  @ParameterizedTest
  @CsvSource({"ncsn,5.59e-6", "ncsn-v2,2.45e-4"})
  void ncsn(String name, double floor) {
    var model =
        name.equals("ncsn")
            ? new Ncsn(6, STAGES, Activation.ELU, false, 0.01, 1, 10)
            : new NcsnV2(8, STAGES, Activation.ELU, false);
    TensorFile file = PeerFile.open(name).file();
    verify(
        model,
        ((ReferenceWeights) model).referenceWeights(16),
        new Inside(file, "weights/"),
        file,
        NoiseLabel.SIGMA,
        new float[] {1, 0.01f},
        20 * floor);
  }

  /** The floors are those of a network of torch 1.13 with the structure of diffusers' class. */
  @Test
  void ddpmOfDiffusersAttendsAfterEveryBlock() {
    var model = ddpm(32, List.of(1, 2), List.of(4), true, NoiseLabel.STEP);
    TensorFile io = PeerFile.open("diffusers-ddpm.io").file();
    var weights = PeerFile.open("diffusers-ddpm").file();
    verify(
        model,
        model.diffusersWeights(8),
        weights,
        io,
        NoiseLabel.STEP,
        io.values("labels"),
        20 * 2.7e-6);
  }

  @Test
  void ncsnPlusPlusOfDiffusersGrowsBySums() {
    var model =
        new NcsnPlusPlus(
            8,
            List.of(1, 2, 2),
            1,
            List.of(),
            0,
            Activation.SWISH,
            BlockType.BIGGAN,
            true,
            List.of(1.0, 3.0, 3.0, 1.0),
            true,
            ProgressiveOutput.OUTPUT_SKIP,
            ProgressiveInput.INPUT_SKIP,
            ProgressiveCombine.SUM,
            LabelEncoding.FOURIER,
            16,
            NoiseLabel.SIGMA,
            0.01,
            50,
            1000,
            true,
            true,
            0,
            Prediction.SCORE);
    TensorFile io = PeerFile.open("diffusers-ncsnpp.io").file();
    var weights = PeerFile.open("diffusers-ncsnpp").file();
    verify(
        model,
        model.diffusersWeights(16),
        weights,
        io,
        NoiseLabel.SIGMA,
        io.values("labels"),
        20 * 2.9e-4);
  }

  @Test
  void networksThatDiffusersLacksHaveNoNamesThere() {
    assertEquals(List.of(), DdpmUnetPreset.CIFAR10.get().diffusersWeights(32));
    assertEquals(List.of(), NcsnPlusPlusPreset.CIFAR10_CONTINUOUS.get().diffusersWeights(32));
  }

  private static DdpmUnet ddpm(
      int channels,
      List<Integer> multipliers,
      List<Integer> attention,
      boolean attentionAfterEveryBlock,
      NoiseLabel label) {
    return new DdpmUnet(
        channels,
        multipliers,
        1,
        attention,
        attentionAfterEveryBlock,
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
        Prediction.NOISE);
  }

  private void verify(
      ScoreModel model,
      List<ReferenceWeight> names,
      NamedTensors weights,
      TensorFile io,
      NoiseLabel label,
      float[] labels,
      double tolerance) {
    long[] s = io.shape("x").asArray();
    Shape example = Shape.of(s[2], s[3], s[1]);
    int size = (int) example.size();
    double[] time = new double[1];
    // One evaluation, the output of which becomes the sample.
    Sampler once =
        graph -> {
          var x = graph.state();
          var level = graph.level("t");
          var here = graph.at(x, level);
          var output = model.prediction() == Prediction.NOISE ? here.noise() : here.score();
          var kernel = graph.kernel("once", x.set(output));
          return progress -> kernel.run(level.at(time[0]));
        };
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    try (var program =
        new SamplingProgram(new Labelled(label), model, once, example, 1, 0, Precision.FLOAT32)) {
      new WeightImport(names, program.entries(), () -> weights, "sigmas"::equals)
          .write(checkpoint, Map.of());
    }
    var stored = new StoredParameters(() -> TensorFile.open(checkpoint), "ema");
    try (var program =
        new SamplingProgram(
            new Labelled(label),
            model,
            once,
            example,
            1,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(stored))) {
      float[] x = io.values("x");
      double[] expected = io.doubles("out_f64");
      double worst = 0;
      for (int b = 0; b < s[0]; b++) {
        time[0] =
            switch (label) {
              case TIME -> labels[b] / 999.0;
              case STEP -> labels[b] + 1;
              default -> labels[b];
            };
        float[] image = new float[size];
        each(s, b, (there, here) -> image[here] = x[there]);
        float[] y = program.drawFrom(image, 0, 0, n -> 0, Progress.NONE);
        double[] wanted = new double[size];
        each(s, b, (there, here) -> wanted[here] = expected[there]);
        for (int i = 0; i < size; i++) {
          worst = Math.max(worst, Math.abs(y[i] - wanted[i]));
        }
      }
      assertTrue(worst <= tolerance, "off by " + worst + " > " + tolerance);
    }
  }

  private interface Pixel {
    void of(int there, int here);
  }

  /** Pairs the numbers of image b of [B, C, H, W] with those of [H, W, C]. */
  private static void each(long[] s, int b, Pixel pixel) {
    int pixels = (int) (s[2] * s[3]);
    for (int c = 0; c < s[1]; c++) {
      for (int p = 0; p < pixels; p++) {
        pixel.of((int) ((b * s[1] + c) * pixels + p), (int) (p * s[1] + c));
      }
    }
  }

  /** A process at whose times the noise is what the label says, if it says it. */
  private record Labelled(NoiseLabel label) implements Sde {
    @Override
    public double drift(double t) {
      return 0;
    }

    @Override
    public double diffusion(double t) {
      return 1;
    }

    @Override
    public double alpha(double t) {
      return 1;
    }

    @Override
    public double sigma(double t) {
      return switch (label) {
        case SIGMA -> t;
        case LEVEL -> 50 * Math.pow(0.01 / 50, t / 999);
        default -> 1;
      };
    }

    @Override
    public double startTime() {
      return 0;
    }

    @Override
    public double endTime() {
      return 1000;
    }

    @Override
    public double priorStandardDeviation() {
      return 1;
    }
  }

  /** The tensors of a file whose names start alike. */
  private record Inside(NamedTensors all, String prefix) implements NamedTensors {
    @Override
    public Path path() {
      return all.path();
    }

    @Override
    public Set<String> names() {
      return all.names().stream()
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Shape shape(String name) {
      return all.shape(prefix + name);
    }

    @Override
    public float[] values(String name) {
      return all.values(prefix + name);
    }
  }
}
