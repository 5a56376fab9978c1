package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Examples;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.data.FashionMnist;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.sampling.FlowProgram;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.engine.score.Divergence;
import org.score4j.format.TensorFile;
import org.score4j.model.Activation;
import org.score4j.model.DdpmUnet;
import org.score4j.model.NoiseLabel;
import org.score4j.runner.Distribution.Ended;
import org.score4j.sampler.ProbabilityFlow;
import org.score4j.sde.VariancePreserving;
import org.score4j.solver.ErrorNorm;
import org.score4j.solver.Tolerance;
import org.tensorflow.ndarray.Shape;

/**
 * A run of imported weights tells the numbers of those who trained them, and can be gone on with.
 */
class ImportIT {
  private static final String RECIPE =
      """
      {
        "data": {"type": "fashion-mnist", "centered": true},
        "sde": {"type": "vp", "betaMax": 10},
        "model": {
          "type": "ddpm-unet", "channels": 32, "multipliers": [2, 2], "blocks": 1,
          "attention": [], "dropout": 0, "groupSize": 1, "label": "time"
        },
        "training": {"steps": 1, "batchSize": 2},
        "sampler": {"type": "euler-maruyama", "steps": 2},
        "sampling": {"count": 2}
      }
      """;

  private static final VariancePreserving SDE = new VariancePreserving(0.1, 10, 1e-3);
  private static final DdpmUnet NETWORK =
      new DdpmUnet(
          32,
          List.of(2, 2),
          1,
          List.of(),
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
  private static final int SIZE = 28 * 28;

  @TempDir static Path folder;
  private static Distribution runner;
  private static Ended imported;

  @BeforeAll
  static void importTheWeights() throws IOException {
    runner = Distribution.from(folder);
    imported =
        runner.run(
            "import",
            "--weights",
            resource("fashion-ddpm.safetensors").toString(),
            "--recipe",
            runner.file("ddpm.json", RECIPE));
  }

  private static Path resource(String name) {
    try {
      return Path.of(ImportIT.class.getResource("/weights/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TensorFile expected() {
    return TensorFile.open(resource("fashion-ddpm.expected.safetensors"));
  }

  private static TensorFile checkpoint() {
    return TensorFile.open(folder.resolve("runs/ddpm/checkpoints/step-00000000.safetensors"));
  }

  private static float[] part(float[] all, int n, int size) {
    return Arrays.copyOfRange(all, n * size, (n + 1) * size);
  }

  @Test
  void theRunIsTold() {
    assertEquals(0, imported.status(), imported::err);
    assertEquals(
        "imported parameters, also used as EMA weights:"
            + " runs/ddpm/checkpoints/step-00000000.safetensors\n",
        imported.out());
  }

  @Test
  void theNetworkTellsThePeersNoise() {
    double worst = 0;
    double largest = 0;
    TensorFile expected = expected();
    double[] out = expected.doubles("forward/out_f64");
    float[] labels = expected.floats("forward/labels");
    try (Once once = new Once()) {
      for (int n = 0; n < labels.length; n++) {
        float[] x = part(expected.floats("forward/x"), n, SIZE);
        float[] noise = once.noise(x, labels[n] / 999.0);
        for (int i = 0; i < SIZE; i++) {
          worst = Math.max(worst, Math.abs(noise[i] - out[n * SIZE + i]));
          largest = Math.max(largest, Math.abs(out[n * SIZE + i]));
        }
      }
    }
    assertTrue(worst <= 2e-4 * largest, "off by " + worst);
  }

  @Test
  void theLossOfEveryImageIsThePeers() {
    TensorFile expected = expected();
    float[] u = expected.floats("loss/u");
    float[] losses = expected.floats("loss/per_image_loss");
    double sum = 0;
    double peers = 0;
    try (Once once = new Once();
        Examples images = new FashionMnist().open()) {
      for (int n = 0; n < u.length; n++) {
        double t = u[n] * (1 - 1e-5) + 1e-5;
        NoiseLevel level = SDE.level(t);
        float[] z = part(expected.floats("loss/z"), n, SIZE);
        ByteBuffer pixels = ByteBuffer.allocate(SIZE);
        images.read(n, pixels);
        float[] x = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
          double clean = ((pixels.get(i) & 0xff) + 0.5) / 256 * 2 - 1;
          x[i] = (float) (level.alpha() * clean + level.sigma() * z[i]);
        }
        float[] noise = once.noise(x, t);
        double loss = 0;
        for (int i = 0; i < SIZE; i++) {
          loss += (noise[i] - z[i]) * (noise[i] - z[i]) / SIZE;
        }
        assertEquals(losses[n], loss, 1e-2 * losses[n], "image " + n);
        sum += loss;
        peers += losses[n];
      }
    }
    assertEquals(peers, sum, 1e-3 * peers);
  }

  @Test
  void theSamplesOfTheOdeAreThePeers() {
    assertSamples(2);
  }

  @Test
  @Tag("long")
  void allSamplesOfTheOdeAreThePeers() {
    assertSamples(8);
  }

  private static void assertSamples(int count) {
    TensorFile expected = expected();
    float[] wanted = expected.floats("samples/ode");
    var flow = new ProbabilityFlow(1e-5, 1e-5, ErrorNorm.PER_SAMPLE, 0, false);
    try (var program = program(flow, count)) {
      float[] start = Arrays.copyOf(expected.floats("samples/x_T"), count * SIZE);
      float[] samples = program.drawFrom(start, 0, 0, n -> 0, Progress.NONE);
      double squares = 0;
      for (int i = 0; i < samples.length; i++) {
        squares += Math.pow((samples[i] + 1) / 2 - wanted[i], 2);
      }
      double rms = Math.sqrt(squares / samples.length);
      assertTrue(rms <= 2e-3, "off by " + rms);
    }
  }

  @Test
  void theBitsOfAnImageAreThePeers() {
    assertBits(1, 1e-4, "bpd_rtol_1e4");
  }

  @Test
  @Tag("long")
  void theBitsOfAllImagesAreThePeers() {
    assertBits(16, 1e-5, "bpd");
  }

  private static void assertBits(int count, double each, String name) {
    TensorFile peer = TensorFile.open(resource("fashion-ddpm.bpd.safetensors"));
    float[] u = peer.floats("dequant_u");
    float[] wanted = peer.floats(name);
    float[] x = new float[count * SIZE];
    try (Examples images = new FashionMnist().open()) {
      for (int n = 0; n < count; n++) {
        ByteBuffer pixels = ByteBuffer.allocate(SIZE);
        images.read(64 + n, pixels);
        for (int i = 0; i < SIZE; i++) {
          int at = n * SIZE + i;
          x[at] = (float) (((pixels.get(i) & 0xff) + u[at]) / 256.0 * 2 - 1);
        }
      }
    }
    var tolerance = new Tolerance(each, each, ErrorNorm.PER_SAMPLE);
    try (var program =
        new FlowProgram(
            SDE,
            NETWORK,
            Shape.of(28, 28, 1),
            count,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(Device.CPU).with(parameters()),
            new FlowProgram.Settings(
                    tolerance,
                    new Divergence(Divergence.Method.RADEMACHER, 1),
                    Optional.of(tolerance))
                .along(() -> Arrays.copyOf(peer.floats("epsilon"), count * SIZE)))) {
      var found = program.density(x, 0, 0, n -> 0, Progress.NONE).densities();
      for (int n = 0; n < count; n++) {
        double bits = 7 - found.get(n).value() / SIZE / Math.log(2);
        assertEquals(wanted[n], bits, 0.01, "image " + n);
      }
    }
  }

  @Test
  void trainingAndSamplingGoOn() {
    runner.succeed("train", "--recipe", "runs/ddpm/manifest.json", "--output", "runs/ddpm");
    assertEquals(
        List.of("step-00000000.safetensors", "step-00000001.safetensors"),
        new RunFiles(folder.resolve("runs/ddpm")).names("checkpoints"));
    runner.succeed("sample", "--run", "runs/ddpm");
  }

  @Test
  void aFolderOfDiffusersNeedsNoRecipe() throws IOException {
    Path pipeline = Files.createDirectories(folder.resolve("toy-pipeline"));
    Files.createDirectories(pipeline.resolve("unet"));
    Files.createDirectories(pipeline.resolve("scheduler"));
    Files.writeString(
        pipeline.resolve("unet/config.json"),
        """
        {
          "_class_name": "UNet2DModel", "act_fn": "silu", "attention_head_dim": null,
          "block_out_channels": [32, 64], "center_input_sample": false,
          "down_block_types": ["DownBlock2D", "AttnDownBlock2D"],
          "up_block_types": ["AttnUpBlock2D", "UpBlock2D"],
          "downsample_padding": 0, "flip_sin_to_cos": false, "freq_shift": 1,
          "in_channels": 3, "out_channels": 3, "layers_per_block": 1,
          "mid_block_scale_factor": 1, "norm_eps": 1e-06, "norm_num_groups": 32,
          "sample_size": 8, "time_embedding_type": "positional"
        }
        """);
    Files.writeString(
        pipeline.resolve("scheduler/scheduler_config.json"),
        """
        {
          "_class_name": "DDIMScheduler", "beta_start": 0.0001, "beta_end": 0.02,
          "beta_schedule": "linear", "num_train_timesteps": 1000, "clip_sample": true
        }
        """);
    zeros(pipeline.resolve("unet/diffusion_pytorch_model.safetensors"));
    Ended ended = runner.succeed("import", "--weights", "toy-pipeline");
    assertEquals(
        "imported parameters, also used as EMA weights:"
            + " runs/toy-pipeline/checkpoints/step-00000000.safetensors\n"
            + "note: toy-pipeline/scheduler/scheduler_config.json: timestep_spacing: leading: one step"
            + " comes first, from the last timestep\n",
        ended.out());
    runner.succeed(
        "sample", "--run", "runs/toy-pipeline", "--count", "1", "--set", "sampler.steps=2");
  }

  /** The network of the configurations above, by the names that attention had before 0.15. */
  private static void zeros(Path file) {
    var model =
        new DdpmUnet(
            32,
            List.of(1, 2),
            1,
            List.of(4),
            true,
            0,
            Activation.SWISH,
            1,
            true,
            NoiseLabel.STEP,
            0.01,
            50,
            1000,
            false,
            true,
            0,
            Prediction.NOISE);
    var writer = new TensorFile.Writer(file, Map.of());
    try (var program =
        new SamplingProgram(
            SDE,
            model,
            new Once.Evaluation(new double[1]),
            Shape.of(8, 8, 3),
            1,
            0,
            Precision.FLOAT32)) {
      for (var weight : model.diffusersWeights(8)) {
        Shape shape =
            program.entries().stream()
                .filter(entry -> entry.name().equals("model/" + weight.path()))
                .map(entry -> weight.referenceShape(entry.shape()))
                .findFirst()
                .orElseThrow();
        for (String name : weight.references()) {
          String before =
              name.replace("to_q", "query")
                  .replace("to_k", "key")
                  .replace("to_v", "value")
                  .replace("to_out.0", "proj_attn");
          writer.add(before, shape, () -> new float[(int) shape.size()]);
        }
      }
    }
    writer.write();
  }

  private static SamplingProgram program(Sampler sampler, int count) {
    return new SamplingProgram(
        SDE,
        NETWORK,
        sampler,
        Shape.of(28, 28, 1),
        count,
        0,
        Precision.FLOAT32,
        new SamplingOptions().with(parameters()));
  }

  private static StoredParameters parameters() {
    return new StoredParameters(ImportIT::checkpoint, "ema");
  }

  /** The noise that the imported network sees in an image. */
  private static final class Once implements AutoCloseable {
    private final double[] time = new double[1];
    private final SamplingProgram program = program(new Evaluation(time), 1);

    float[] noise(float[] x, double t) {
      time[0] = t;
      return program.drawFrom(x, 0, 0, n -> 0, Progress.NONE);
    }

    @Override
    public void close() {
      program.close();
    }

    /** One evaluation, the output of which becomes the sample. */
    private record Evaluation(double[] time) implements Sampler {
      @Override
      public SamplingLoop build(SamplerGraph graph) {
        var x = graph.state();
        var level = graph.level("t");
        var kernel = graph.kernel("once", x.set(graph.at(x, level).noise()));
        return progress -> kernel.run(level.at(time[0]));
      }
    }
  }
}
