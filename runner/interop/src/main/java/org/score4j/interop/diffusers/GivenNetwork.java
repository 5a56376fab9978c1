package org.score4j.interop.diffusers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.score4j.api.DiffusersWeights;
import org.score4j.api.ScoreModel;
import org.score4j.recipe.Completion;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.Keys;
import tools.jackson.databind.JsonNode;

/**
 * Holds the model of a given recipe against a folder's configuration: a network of the same shapes
 * may compute something else. Keys that the recipe leaves open are the configuration's; those that
 * it gives must be, as far as they matter.
 */
public final class GivenNetwork implements Completion {
  private static final String MODEL = "model";

  /** Shapes and names of the tensors tell what these are; heights depend on the recipe's images. */
  private static final Set<String> TOLD_BY_TENSORS = Set.of("attention");

  private final DiffusersFolder folder;

  /** A comparison with a folder. */
  public GivenNetwork(DiffusersFolder folder) {
    this.folder = folder;
  }

  /**
   * The configuration's values for what the recipe leaves open.
   *
   * @throws BadInput naming each key with which the recipe's network would compute something else
   */
  @Override
  public Completed complete(Given given, RecipeReader reader, RecipeWriter writer) {
    Recipe theirs = reader.read(folder.network(), List.of());
    ScoreModel ours = given.recipe().scoreModel();
    JsonNode wanted = writer.json(theirs).get(MODEL);
    JsonNode found = writer.json(given.recipe()).get(MODEL);
    if (!ours.getClass().equals(theirs.scoreModel().getClass())) {
      throw new BadInput(
          given.source() + ": model.type: " + must(wanted.get("type"), found.get("type")));
    }
    Record essence = (Record) ((DiffusersWeights) ours).essence();
    Record theirEssence = (Record) ((DiffusersWeights) theirs.scoreModel()).essence();
    List<String> problems = new ArrayList<>();
    JsonNode process = writer.json(theirs).get("sde");
    JsonNode chosen = writer.json(given.recipe()).get("sde");
    if (wanted.path("label").asString("").equals("step")
        && !process.path("type").equals(chosen.path("type"))) {
      problems.add(
          given.source()
              + ": sde.type: must be "
              + process.get("type")
              + ", whose steps the network of "
              + folder.configuration()
              + " is told, found "
              + chosen.get("type"));
    }
    List<String> settings = new ArrayList<>();
    for (String key : wanted.propertyNames()) {
      if (isOpen(key) || sameValue(essence, theirEssence, key)) {
        continue;
      }
      JsonNode value = wanted.get(key);
      if (given.modelKeys().contains(key) || given.modelKeys().contains("preset")) {
        problems.add(given.source() + ": model." + key + ": " + must(value, found.get(key)));
      } else {
        settings.add(MODEL + "." + key + "=" + value);
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    List<String> notes = new ArrayList<>();
    if (!settings.isEmpty()) {
      notes.add(String.join(", ", settings) + ", as " + folder.configuration() + " says");
    }
    if (folder.hasScheduler() && !process.equals(chosen)) {
      notes.add(
          "sde is the recipe's, "
              + RecipeWriter.inline(chosen)
              + "; the scheduler's is "
              + RecipeWriter.inline(process));
    }
    return new Completed(settings, notes);
  }

  private boolean isOpen(String key) {
    return key.equals("type")
        || TOLD_BY_TENSORS.contains(key)
        || key.equals("prediction") && !folder.hasScheduler();
  }

  private static boolean sameValue(Record ours, Record theirs, String key) {
    return Keys.read(ours, key).equals(Keys.read(theirs, key));
  }

  private String must(JsonNode wanted, JsonNode found) {
    return "must be "
        + wanted
        + ", as "
        + folder.configuration()
        + " describes the network, found "
        + found;
  }
}
