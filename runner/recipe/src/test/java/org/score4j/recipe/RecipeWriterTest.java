package org.score4j.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Precision;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.recipe.Samples.Adam;
import org.score4j.recipe.Samples.AnnealedLangevin;
import org.score4j.recipe.Samples.DenoisingScoreMatching;
import org.score4j.recipe.Samples.Idx;
import org.score4j.recipe.Samples.Langevin;
import org.score4j.recipe.Samples.Mlp;
import org.score4j.recipe.Samples.Mmd;
import org.score4j.recipe.Samples.PredictorCorrector;
import org.score4j.recipe.Samples.Uniform;
import org.score4j.recipe.Samples.VarianceExploding;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.databind.node.ObjectNode;

class RecipeWriterTest {
  private final PluginCatalogue catalogue = Samples.catalogue();

  @TempDir Path folder;

  private Recipe recipe() {
    return new Recipe(
        "round-trip",
        Long.MIN_VALUE,
        new Idx(folder.resolve("images"), Optional.of(folder.resolve("l")), 0.1, folder),
        true,
        Optional.empty(),
        new VarianceExploding(1e-300, 1.0 / 3),
        Optional.of(new Mlp()),
        Optional.empty(),
        new DenoisingScoreMatching(true),
        Optional.of(Samples.training(new Adam())),
        new Compute().precision(Precision.BFLOAT16),
        new CheckpointSettings(5, 2, 0).every(7),
        new Logging(),
        Optional.of(
            new PredictorCorrector(
                5,
                new Samples.Euler(),
                List.of(new Langevin(), new Langevin(0.1, 2)),
                new Uniform())),
        List.of(),
        new Sampling(
            3, 2, Optional.of(0.0), LabelChoice.Shares.DATA, LoopMode.GRAPH, Optional.empty()),
        Optional.of(new Idx(folder.resolve("held-out"), Optional.empty(), 1, folder)),
        List.of(new Mmd(List.of(1.0, 2.5))));
  }

  @Test
  void theTextOfARecipeBindsToAnEqualRecipe() throws IOException {
    Recipe recipe = recipe();
    ObjectNode json = new RecipeWriter(catalogue).json(recipe);
    json.putObject("provenance").put("host", "somewhere");
    Path file = folder.resolve("manifest.json");
    Files.writeString(file, RecipeWriter.pretty(json));
    assertEquals(recipe, new RecipeReader(catalogue).read(file, List.of()));
  }

  @Test
  void everyKeyIsWritten() {
    ObjectNode json = new RecipeWriter(catalogue).json(recipe());
    assertEquals(
        "{\"type\":\"mlp\",\"width\":128,\"depths\":[2,2],\"skip\":true,\"prediction\":\"noise\","
            + "\"activation\":\"swish\"}",
        json.get("model").toString());
    assertEquals("bfloat16", json.get("compute").get("precision").stringValue());
    assertEquals(folder.resolve("images").toString(), json.get("data").get("images").stringValue());
  }

  @Test
  void whatJsonCannotSayIsLeftToTheDefault() throws IOException {
    Recipe given = recipe();
    Recipe recipe =
        new Recipe(
            given.name(),
            given.seed(),
            new Idx(folder.resolve("images"), Optional.empty(), 1, folder),
            true,
            Optional.empty(),
            given.sde(),
            given.model(),
            given.classifier(),
            given.loss(),
            Optional.empty(),
            new Compute(),
            new CheckpointSettings(),
            new Logging(),
            Optional.of(new AnnealedLangevin()),
            List.of(),
            new Sampling(
                3, 2, Optional.empty(), LabelChoice.Shares.DATA, LoopMode.AUTO, Optional.empty()),
            Optional.empty(),
            List.of());
    ObjectNode json = new RecipeWriter(catalogue).json(recipe);
    assertTrue(json.get("sampler").path("ceiling").isMissingNode());
    assertTrue(json.get("data").path("labels").isMissingNode());
    assertTrue(json.path("training").isMissingNode());
    Path file = Files.writeString(folder.resolve("manifest.json"), RecipeWriter.pretty(json));
    assertEquals(recipe, new RecipeReader(catalogue).read(file, List.of()));
  }

  @Test
  void aPluginOutsideTheCatalogueCannotBeWritten() {
    RecipeWriter writer = new RecipeWriter(PluginCatalogue.of(List.of(Mlp.class)));
    assertThrows(IllegalArgumentException.class, () -> writer.json(recipe()));
  }
}
