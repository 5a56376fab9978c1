package org.score4j.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.MixtureComponent;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.engine.label.ClassLabel;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.recipe.Samples.Adam;
import org.score4j.recipe.Samples.AnnealedLangevin;
import org.score4j.recipe.Samples.Cascade;
import org.score4j.recipe.Samples.Cascades;
import org.score4j.recipe.Samples.DenoisingScoreMatching;
import org.score4j.recipe.Samples.Euler;
import org.score4j.recipe.Samples.Idx;
import org.score4j.recipe.Samples.Karras;
import org.score4j.recipe.Samples.Langevin;
import org.score4j.recipe.Samples.Mixture;
import org.score4j.recipe.Samples.Mlp;
import org.score4j.recipe.Samples.Mmd;
import org.score4j.recipe.Samples.PredictorCorrector;
import org.score4j.recipe.Samples.Uniform;
import org.score4j.recipe.Samples.VarianceExploding;
import org.score4j.recipe.Samples.VariancePreserving;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;

class RecipeReaderTest {
  private static final String SMALL =
      """
      {"data": {"type": "idx", "images": "x"}, "sde": "vp", "model": "mlp",
       "sampler": "annealed-langevin"}
      """;

  @TempDir Path folder;

  private Recipe read(String text, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("toy run.json"), text);
    return new RecipeReader(Samples.catalogue()).read(file, List.of(settings));
  }

  @Test
  void whatAPresetLeavesOpenIsGivenAndTheRestIsThePresets() throws IOException {
    String text = SMALL.replace("\"mlp\"", "{\"type\": \"cascade\", \"preset\": \"ffhq-256\"}");
    assertEquals(Cascades.FFHQ_256.get(), read(text).model().orElseThrow());
    assertEquals(
        new Cascade(16, List.of(1), Prediction.NOISE),
        read(text, "model.prediction=noise").model().orElseThrow());
    assertEquals(Cascades.CIFAR10.get(), read(text, "model.preset=cifar10").model().orElseThrow());
  }

  @Test
  void whatIsLeftOutTakesItsDefault() throws IOException {
    Recipe recipe = read(SMALL);
    assertEquals(
        new Recipe(
            "toy-run",
            0,
            new Idx(folder.resolve("x"), Optional.empty(), 1, folder.resolve("cache")),
            true,
            Optional.empty(),
            new VariancePreserving(),
            Optional.of(new Mlp()),
            Optional.empty(),
            new DenoisingScoreMatching(),
            Optional.empty(),
            new Compute(),
            new CheckpointSettings(),
            new Logging(),
            Optional.of(new AnnealedLangevin()),
            List.of(),
            new Sampling(
                64, 64, Optional.empty(), LabelChoice.Shares.DATA, LoopMode.AUTO, Optional.empty()),
            Optional.empty(),
            List.of()),
        recipe);
  }

  @Test
  void labelsAreAWordOrAListOrOneNumber() throws IOException {
    for (var each :
        Map.of(
                "uniform",
                LabelChoice.Shares.UNIFORM,
                "[3, \"coat\", 3]",
                new LabelChoice.Cycle(
                    List.of(
                        new ClassLabel.Number(3),
                        new ClassLabel.Name("coat"),
                        new ClassLabel.Number(3))),
                "[\"data\"]",
                new LabelChoice.Cycle(List.of(new ClassLabel.Name("data"))),
                "7",
                new LabelChoice.Cycle(List.of(new ClassLabel.Number(7))))
            .entrySet()) {
      Recipe recipe = read(SMALL, "sampling.labels=" + each.getKey());
      assertEquals(each.getValue(), recipe.sampling().labels());
      var written = new RecipeWriter(Samples.catalogue()).json(recipe);
      assertEquals(recipe, read(written.toString()));
    }
  }

  @Test
  void everyKindOfKeyBinds() throws IOException {
    Recipe recipe =
        read(
            """
            {
              "$schema": "recipe.schema.json",
              "provenance": {"anything": [1, null]},
              "name": "all", "seed": 9223372036854775807,
              "data": {
                "type": "mixture",
                "components": [{"weight": 2, "mean": [0, 1.5], "standardDeviation": [1, 1e-3]}]
              },
              "sde": {"type": "ve", "sigmaMax": 90},
              "model": {
                "type": "mlp", "width": 8, "depths": [1], "skip": false,
                "prediction": "denoised", "activation": "elu"
              },
              "loss": {"likelihoodWeighting": true},
              "training": {
                "steps": 10, "batchSize": 4, "warmup": 0, "gradientClip": 0,
                "optimizer": {"type": "adam", "learningRate": 1},
                "averaging": {"decays": 0}
              },
              "compute": {"precision": "bfloat16"},
              "checkpoints": {"every": 5},
              "logging": {"every": 1},
              "sampler": {
                "type": "predictor-corrector",
                "predictor": {"type": "euler-maruyama"},
                "correctors": ["langevin", {"type": "langevin", "cap": 3}],
                "grid": "uniform"
              },
              "sampling": {"count": 3},
              "evaluation": [{"type": "mmd", "bandwidths": []}]
            }
            """);
    assertEquals(
        new Recipe(
            "all",
            Long.MAX_VALUE,
            new Mixture(List.of(new MixtureComponent(2, List.of(0.0, 1.5), List.of(1.0, 0.001)))),
            false,
            Optional.empty(),
            new VarianceExploding(0.01, 90),
            Optional.of(new Mlp(8, List.of(1), false, Prediction.DENOISED, "elu")),
            Optional.empty(),
            new DenoisingScoreMatching(true),
            Optional.of(Samples.training(new Adam(1, 0.9))),
            new Compute("auto", Precision.BFLOAT16, 0),
            new CheckpointSettings(5, 2, 0),
            new Logging(1, 8, Optional.empty()),
            Optional.of(
                new PredictorCorrector(
                    1000,
                    new Euler(),
                    List.of(new Langevin(), new Langevin(0.16, 3)),
                    new Uniform())),
            List.of(),
            new Sampling(
                3, 64, Optional.empty(), LabelChoice.Shares.DATA, LoopMode.AUTO, Optional.empty()),
            Optional.empty(),
            List.of(new Mmd(List.of()))),
        recipe);
  }

  /** Versions that knew no standardization trained on data as they are. */
  @Test
  void aManifestWithoutTheKeyIsOfDataAsTheyAre() throws IOException {
    assertTrue(read(SMALL).standardize());
    String manifest = SMALL.replaceFirst("\\{", "{\"provenance\": {}, ");
    assertFalse(read(manifest).standardize());
    assertTrue(read(manifest, "standardize=true").standardize());
    assertTrue(
        read(SMALL, "standardization={\"mean\": 1, \"deviation\": 2}")
            .standardization()
            .isPresent());
  }

  @Test
  void trainingNeedsStepsAlone() throws IOException {
    Recipe recipe = read(SMALL, "training.steps=7");
    assertEquals(
        Optional.of(
            new Training(
                7,
                128,
                1,
                new Adam(),
                new Samples.Constant(),
                500,
                1,
                0,
                10,
                new Averaging(List.of(0.999)),
                new Augmentation(),
                Optional.empty())),
        recipe.training());
  }

  @Test
  void keysOfEarlierVersionsAreReadWhereTheyAreNow() throws IOException {
    String[] old = {
      "training={\"steps\": 7, \"ema\": [0.9, 0], \"flip\": true, \"logEvery\": 3}",
      "training.dequantize=true",
      "training.device=cpu",
      "training.precision=bfloat16",
      "training.threads=2",
      "training.checkpointEvery=5",
      "training.keepLast=4",
      "training.keepEvery=10",
      "training.previews=0",
      "training.tensorBoard.samples=2"
    };
    Recipe now =
        read(
            SMALL,
            "training.steps=7",
            "training.averaging.decays=[0.9, 0]",
            "training.augmentation={\"flip\": true, \"dequantize\": true}",
            "compute={\"device\": \"cpu\", \"precision\": \"bfloat16\", \"threads\": 2}",
            "checkpoints={\"every\": 5, \"keepLast\": 4, \"keepEvery\": 10}",
            "logging={\"every\": 3, \"previews\": 0, \"tensorBoard\": {\"samples\": 2}}");
    assertEquals(now, read(SMALL, old));
    Recipe byText =
        read(
            SMALL.replaceFirst(
                "\\{",
                """
                {"training": {"steps": 7, "ema": [0.9, 0], "flip": true, "dequantize": true,
                  "device": "cpu", "precision": "bfloat16", "threads": 2, "checkpointEvery": 5,
                  "keepLast": 4, "keepEvery": 10, "logEvery": 3, "previews": 0,
                  "tensorBoard": {"samples": 2}},
                """));
    assertEquals(now, byText);
  }

  @Test
  void aHintNamesTheNewKeysUnlessTheyAreAManifests() {
    String recipe = "{\"training\": {\"steps\": 7, \"flip\": true, \"ema\": 0}}";
    assertEquals(
        List.of(
            "r.json: training.ema is now training.averaging.decays, training.flip is now"
                + " training.augmentation.flip; the old keys are read as the new ones",
            "--set: training.device is now compute.device; the old keys are read as the new ones"),
        hints(recipe, "training.device=cpu", "compute.threads=1"));
    assertEquals(List.of(), hints(recipe.replaceFirst("\\{", "{\"provenance\": {}, ")));
  }

  private List<String> hints(String json, String... settings) {
    return RecipeReader.hints(new RecipeText("r.json", "r", folder, json), List.of(settings));
  }

  @Test
  void samplingComputesAsTheRunUnlessItSaysOtherwise() throws IOException {
    Recipe recipe = read(SMALL, "compute.precision=bfloat16", "sampling.compute.device=cpu");
    assertEquals(new Compute("cpu", Precision.BFLOAT16, 0), recipe.samplingCompute());
    assertEquals(new Compute("auto", Precision.BFLOAT16, 0), recipe.compute());
  }

  @Test
  void severalAveragesAreAListAndOneIsANumber() throws IOException {
    Recipe several =
        read(
            SMALL,
            "training.steps=7",
            "training.averaging.decays=[0.9, 0.99]",
            "sampling.ema=0.99");
    assertEquals(List.of(0.9, 0.99), several.training().orElseThrow().averaging().decays());
    assertEquals(Optional.of(0.99), several.sampling().ema());
    Recipe one = read(SMALL, "training.steps=7", "training.averaging.decays=0.5");
    assertEquals(List.of(0.5), one.training().orElseThrow().averaging().decays());
  }

  @Test
  void anAverageThatIsNotKeptCannotDraw() {
    var refused =
        assertThrows(BadInput.class, () -> read(SMALL, "training.steps=7", "sampling.ema=0.99"));
    assertTrue(
        refused
            .getMessage()
            .contains("sampling.ema=0.99: must be one of training.averaging.decays, [0.999]"),
        refused.getMessage());
  }

  @Test
  void heldOutDataAreOthersOrAShare() {
    var refused =
        assertThrows(BadInput.class, () -> read(SMALL, "training.steps=7", "training.heldOut={}"));
    assertTrue(
        refused.getMessage().contains("training.heldOut.share: must be given unless there is data"),
        refused.getMessage());
  }

  @Test
  void settingsReplaceAndAdd() throws IOException {
    Recipe recipe =
        read(
            SMALL,
            "name=other",
            "sde.betaMax=5",
            "sampler.steps=3",
            "training={\"steps\": 1}",
            "training.optimizer.learningRate=0.5",
            "evaluation[0]=mmd",
            "evaluation[1].type=mmd",
            "evaluation[0].bandwidths[0]=4",
            "model.activation=relu");
    assertEquals("other", recipe.name());
    assertEquals(new VariancePreserving(0.1, 5), recipe.sde());
    assertEquals(
        new AnnealedLangevin(3, 0.16, Double.POSITIVE_INFINITY), recipe.sampler().orElseThrow());
    assertEquals(new Adam(0.5, 0.9), recipe.training().orElseThrow().optimizer());
    assertEquals(List.of(new Mmd(List.of(4.0)), new Mmd(List.of(1.0))), recipe.evaluation());
    assertEquals("relu", ((Mlp) recipe.model().orElseThrow()).activation());
  }

  @Test
  void anotherTypeDropsTheKeysOfTheOldOneAndTheSameTypeKeepsThem() throws IOException {
    assertEquals(
        new PredictorCorrector(),
        read(SMALL, "sampler.steps=3", "sampler.type=predictor-corrector").sampler().orElseThrow());
    assertEquals(
        new AnnealedLangevin(3, 0.16, Double.POSITIVE_INFINITY),
        read(SMALL, "sampler.steps=3", "sampler.type=annealed-langevin").sampler().orElseThrow());
  }

  @Test
  void anObjectWithoutTypeChangesTheDefaultPlugin() throws IOException {
    Recipe recipe =
        read(SMALL, "sampler={\"type\": \"predictor-corrector\", \"grid\": {\"rho\": 5}}");
    assertEquals(new Karras(5), ((PredictorCorrector) recipe.sampler().orElseThrow()).grid());
  }

  @Test
  void pathsOfTheFileAreRelativeToItAndThoseOfSettingsToTheWorkingFolder() throws IOException {
    Recipe recipe = read(SMALL.replace("\"x\"", "\"a/../b\""), "data.labels=l");
    Idx data = (Idx) recipe.data();
    assertEquals(folder.resolve("b"), data.images());
    assertEquals(Optional.of(Path.of("l").toAbsolutePath()), data.labels());
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertEquals("toy-run", read("\uFEFF" + SMALL).name());
  }
}
