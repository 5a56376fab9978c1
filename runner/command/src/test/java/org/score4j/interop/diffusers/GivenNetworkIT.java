package org.score4j.interop.diffusers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.DiffusersWeights;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.data.NoImages;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.engine.weights.WeightImport;
import org.score4j.format.TensorFile;
import org.score4j.loss.DenoisingScoreMatching;
import org.score4j.loss.SigmaSquaredWeight;
import org.score4j.loss.UniformTimes;
import org.score4j.model.DdpmUnet;
import org.score4j.model.NcsnPlusPlus;
import org.score4j.recipe.Completion;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.sampler.EulerMaruyama;
import org.score4j.sampler.LangevinCorrector;
import org.score4j.sampler.PredictorCorrector;
import org.score4j.sampler.ReverseDiffusion;
import org.score4j.sampler.UniformGrid;
import org.score4j.sde.Ddpm;
import org.score4j.sde.VarianceExploding;
import org.tensorflow.ndarray.Shape;

/** A pipeline of a peer, read with its own configuration and beside recipes of others. */
class GivenNetworkIT {
  private static final PluginCatalogue CATALOGUE =
      PluginCatalogue.of(
          List.of(
              NoImages.class,
              Ddpm.class,
              VarianceExploding.class,
              DdpmUnet.class,
              NcsnPlusPlus.class,
              EulerMaruyama.class,
              PredictorCorrector.class,
              ReverseDiffusion.class,
              LangevinCorrector.class,
              UniformGrid.class,
              DenoisingScoreMatching.class,
              SigmaSquaredWeight.class,
              UniformTimes.class));

  /** The configuration's network, its keys as far as they are not those of the plugin. */
  private static final String NETWORK =
      """
      "type": "ncsn++", "channels": 16, "multipliers": [1, 1, 2], "blocks": 1, "attention": [],
      "progressive": "output-skip", "progressiveInput": "input-skip"\
      """;

  @TempDir Path folder;

  private static DiffusersFolder pipeline() {
    try {
      return DiffusersFolder.in(
          Path.of(GivenNetworkIT.class.getResource("/weights/ncsnpp-church").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Completion.Completed completed(String model) {
    return completed(pipeline(), "ve", model);
  }

  private static Completion.Completed completed(DiffusersFolder given, String sde, String model) {
    String json =
        """
        {
          "data": {"type": "no-images", "height": 16, "width": 16},
          "sde": "%d", "model": {%s}, "sampler": "euler-maruyama"
        }
        """
            .replace("%d", sde)
            .replace("%s", model);
    var text = new RecipeText("r.json", "r", Path.of("").toAbsolutePath(), json);
    return new RecipeReader(CATALOGUE).complete(text, List.of("seed=3"), new GivenNetwork(given));
  }

  @Test
  void whatARecipeLeavesOpenIsTheConfigurations() {
    var completed = completed(NETWORK);
    assertEquals(List.of("seed=3", "model.centered=true"), completed.settings());
    assertTrue(
        completed.notes().get(0).startsWith("model.centered=true, as "),
        completed.notes()::toString);
  }

  @Test
  void whatDoesNotMatterMayDiffer() {
    var completed = completed(NETWORK + ", \"centered\": true, \"dropout\": 0.5, \"levels\": 7");
    assertEquals(List.of("seed=3"), completed.settings());
    assertEquals(
        List.of(
            "sde is the recipe's, {\"type\": \"ve\", \"sigmaMin\": 0.01, \"sigmaMax\": 50.0,"
                + " \"startTime\": 1.0E-5}; the scheduler's is {\"type\": \"ve\", \"sigmaMin\":"
                + " 0.01, \"sigmaMax\": 380.0, \"startTime\": 1.0E-5}"),
        completed.notes());
  }

  @Test
  void anotherNetworkOfTheSameShapesIsRefused() {
    var thrown =
        assertThrows(
            BadInput.class,
            () ->
                completed(
                    NETWORK
                        + ", \"activation\": \"relu\", \"fir\": [1, 2, 1], \"scaleBySigma\": false"));
    assertEquals(
        """
        r.json: model.activation: must be "swish", as F describes the network, found "relu"
        r.json: model.fir: must be [1.0,3.0,3.0,1.0], as F describes the network, found \
        [1.0,2.0,1.0]
        r.json: model.scaleBySigma: must be true, as F describes the network, found false""",
        thrown.getMessage().replaceAll("as \\S+config.json", "as F"));
  }

  @Test
  void anotherTypeOfNetworkIsRefused() {
    var thrown = assertThrows(BadInput.class, () -> completed("\"type\": \"ddpm-unet\""));
    assertTrue(
        thrown.getMessage().startsWith("r.json: model.type: must be \"ncsn++\", as "),
        thrown.getMessage());
  }

  @Test
  void aNetworkThatIsToldStepsNeedsTheirProcess() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {
          "_class_name": "UNet2DModel", "attention_head_dim": null, "block_out_channels": [32],
          "down_block_types": ["DownBlock2D"], "up_block_types": ["UpBlock2D"],
          "downsample_padding": 0, "flip_sin_to_cos": false, "freq_shift": 1, "norm_eps": 1e-6
        }
        """);
    var writer =
        new TensorFile.Writer(folder.resolve("diffusion_pytorch_model.safetensors"), Map.of());
    writer.add("enough", Shape.of(40_000), () -> new float[40_000]);
    writer.write();
    String network =
        """
        "type": "ddpm-unet", "channels": 32, "multipliers": [1], "attention": []
        """;
    DiffusersFolder given = DiffusersFolder.in(folder);
    assertEquals(
        List.of(
            "seed=3",
            "model.attentionAfterEveryBlock=true",
            "model.groupSize=1",
            "model.label=\"step\""),
        completed(given, "ddpm", network).settings());
    var thrown = assertThrows(BadInput.class, () -> completed(given, "ve", network));
    assertEquals(
        "r.json: sde.type: must be \"ddpm\", whose steps the network of "
            + folder.resolve("config.json")
            + " is told, found \"ve\"",
        thrown.getMessage());
  }

  @Test
  void thePipelineComputesWhatItsAuthorsDo() {
    DiffusersFolder pipeline = pipeline();
    Recipe recipe = new RecipeReader(CATALOGUE).read(pipeline.recipe(), List.of());
    var sde = assertInstanceOf(VarianceExploding.class, recipe.sde());
    Shape shape = Shape.of(16, 16, 3);
    double[] time = new double[1];
    Sampler once =
        graph -> {
          var x = graph.state();
          var level = graph.level("t");
          var kernel = graph.kernel("once", x.set(graph.at(x, level).score()));
          return progress -> kernel.run(level.at(time[0]));
        };
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    try (var program =
        new SamplingProgram(sde, recipe.scoreModel(), once, shape, 1, 0, Precision.FLOAT32)) {
      var names = ((DiffusersWeights) recipe.scoreModel()).diffusersWeights(16);
      new WeightImport(names, program.entries(), pipeline.weights(), name -> false)
          .write(checkpoint, Map.of());
    }
    TensorFile io = TensorFile.open(folder(pipeline).resolve("io.safetensors"));
    double[] expected = io.doubles("out_f64");
    double worst = 0;
    double largest = 0;
    try (var program =
        new SamplingProgram(
            sde,
            recipe.scoreModel(),
            once,
            shape,
            1,
            0,
            Precision.FLOAT32,
            new SamplingOptions()
                .with(new StoredParameters(() -> TensorFile.open(checkpoint), "ema")))) {
      float[] images = io.values("x");
      int pixels = 16 * 16;
      for (int n = 0; n < 3; n++) {
        time[0] = Math.log(io.values("t")[n] / sde.sigmaMin()) / Math.log(sde.sigmaMax() / 0.01);
        float[] x = new float[3 * pixels];
        for (int i = 0; i < x.length; i++) {
          x[i] = images[(n * 3 + i % 3) * pixels + i / 3];
        }
        float[] y = program.drawFrom(x, 0, 0, each -> 0, Progress.NONE);
        for (int i = 0; i < y.length; i++) {
          double wanted = expected[(n * 3 + i % 3) * pixels + i / 3];
          worst = Math.max(worst, Math.abs(y[i] - wanted));
          largest = Math.max(largest, Math.abs(wanted));
        }
      }
    }
    // Twenty times the float32 noise of the peer itself.
    assertTrue(worst <= 20 * 1.4e-5 * largest, "off by " + worst / largest);
  }

  private static Path folder(DiffusersFolder pipeline) {
    return pipeline.configuration().getParent().getParent();
  }
}
