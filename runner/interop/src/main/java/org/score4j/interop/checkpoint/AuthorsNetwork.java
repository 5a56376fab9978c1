package org.score4j.interop.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.score4j.api.ReferenceWeights;
import org.score4j.recipe.Completion;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.plugin.BadInput;

/**
 * Completes the recipe of weights by the authors' names: what its model leaves open has the value
 * with which score_sde_pytorch computes. A value that is given stays, and is told.
 */
public final class AuthorsNetwork implements Completion {
  @Override
  public Completed complete(Given given, RecipeReader reader, RecipeWriter writer) {
    if (!(given.recipe().scoreModel() instanceof ReferenceWeights model)) {
      return new Completed(List.of(), List.of());
    }
    List<String> settings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean preset = given.modelKeys().contains("preset");
    for (Map.Entry<String, String> value : model.authorsValues(given.recipe().sde()).entrySet()) {
      String setting = "model." + value.getKey() + "=" + value.getValue();
      if (preset || given.modelKeys().contains(value.getKey())) {
        notes.add(
            "model."
                + value.getKey()
                + " is the recipe's; with these weights score_sde_pytorch"
                + " has "
                + value.getValue());
      } else if (!value.getValue().matches("\"[a-z0-9-]*\"|[0-9.]+|true|false")) {
        throw new BadInput(
            given.source()
                + ": model."
                + value.getKey()
                + ": must be given: score_sde_pytorch has "
                + value.getValue());
      } else {
        settings.add(setting);
        notes.add(setting + ", as in score_sde_pytorch");
      }
    }
    return new Completed(settings, notes);
  }
}
