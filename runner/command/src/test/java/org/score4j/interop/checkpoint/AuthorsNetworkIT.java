package org.score4j.interop.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.data.NoImages;
import org.score4j.loss.DenoisingScoreMatching;
import org.score4j.loss.SigmaSquaredWeight;
import org.score4j.loss.UniformTimes;
import org.score4j.model.DdpmPlusPlus;
import org.score4j.model.DdpmUnet;
import org.score4j.recipe.Completion;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.sampler.EulerMaruyama;
import org.score4j.sampler.UniformGrid;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;

/** Recipes beside weights of score_sde_pytorch. */
class AuthorsNetworkIT {
  private static final PluginCatalogue CATALOGUE =
      PluginCatalogue.of(
          List.of(
              NoImages.class,
              VariancePreserving.class,
              VarianceExploding.class,
              DdpmUnet.class,
              DdpmPlusPlus.class,
              EulerMaruyama.class,
              UniformGrid.class,
              DenoisingScoreMatching.class,
              SigmaSquaredWeight.class,
              UniformTimes.class));

  private static Completion.Completed completed(String sde, String model, String... settings) {
    String json =
        "{\"data\": {\"type\": \"no-images\", \"height\": 8, \"width\": 8}, \"sde\": \""
            + sde
            + "\", \"model\": "
            + model
            + ", \"sampler\": \"euler-maruyama\"}";
    var text = new RecipeText("r.json", "r", Path.of("").toAbsolutePath(), json);
    return new RecipeReader(CATALOGUE).complete(text, List.of(settings), new AuthorsNetwork());
  }

  @Test
  void whatARecipeLeavesOpenIsTheAuthors() {
    var completed = completed("vp", "{\"type\": \"ddpm-unet\", \"channels\": 32}");
    assertEquals(List.of("model.groupSize=1", "model.label=\"time\""), completed.settings());
    assertEquals(
        List.of(
            "model.groupSize=1, as in score_sde_pytorch",
            "model.label=\"time\", as in score_sde_pytorch"),
        completed.notes());
    assertEquals(List.of("model.label=\"time\""), completed("vp", "\"ddpm-unet\"").settings());
    assertEquals(
        List.of("model.label=\"level\"", "model.prediction=\"score\""),
        completed("ve", "\"ddpm-unet\"").settings());
  }

  @Test
  void whatARecipeSaysStaysAndIsTold() {
    var completed =
        completed(
            "vp",
            "{\"type\": \"ddpm-unet\", \"channels\": 32, \"groupSize\": 4}",
            "model.label=log-snr");
    assertEquals(List.of("model.label=log-snr"), completed.settings());
    assertEquals(
        List.of(
            "model.groupSize is the recipe's; with these weights score_sde_pytorch has 1",
            "model.label is the recipe's; with these weights score_sde_pytorch has \"time\""),
        completed.notes());
  }

  @Test
  void aPresetIsWhatItsRecipeSays() {
    assertEquals(
        List.of(),
        completed("vp", "{\"type\": \"ddpm-unet\", \"preset\": \"cifar10-continuous\"}").notes());
  }

  @Test
  void aTypeThatCannotBeTheAuthorsIsRefused() {
    var thrown = assertThrows(BadInput.class, () -> completed("ve", "\"ddpm++\""));
    assertEquals(
        "r.json: model.type: must be given: score_sde_pytorch has \"ncsn++\" for this process",
        thrown.getMessage());
  }
}
