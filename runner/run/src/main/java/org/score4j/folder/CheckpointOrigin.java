package org.score4j.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.score4j.format.TensorFile;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a checkpoint is of a run: it keeps the recipe by which it was trained, and the
 * fingerprint of the data.
 */
final class CheckpointOrigin implements Consumer<TensorFile> {
  private final Map<String, String> recipe;
  private final Set<String> data;
  private final boolean recorded;
  private final PluginCatalogue catalogue;

  /**
   * Checks against a run.
   *
   * @param recipe the run's, as {@link RecipeLeaves}
   * @param data fingerprints of all data that the run was trained on
   * @param recorded whether its manifest names these, so that their paths do not matter
   */
  CheckpointOrigin(
      Map<String, String> recipe, Set<String> data, boolean recorded, PluginCatalogue catalogue) {
    this.recipe = recipe;
    this.data = data;
    this.recorded = recorded;
    this.catalogue = catalogue;
  }

  /**
   * Checks a checkpoint.
   *
   * @throws BadInput if it is of another run
   */
  @Override
  public void accept(TensorFile checkpoint) {
    Map<String, String> texts = checkpoint.metadata();
    List<String> lines = new ArrayList<>();
    String fingerprint = texts.getOrDefault(TrainingState.DATA, "");
    boolean knownData = !fingerprint.isEmpty();
    if (knownData && !data.isEmpty() && !data.contains(fingerprint)) {
      lines.add("  data fingerprint: " + fingerprint + " there, " + String.join(", ", data));
    }
    Map<String, String> there = recipe(texts.getOrDefault(TrainingState.RECIPE, ""));
    Set<String> keys = new TreeSet<>(there.keySet());
    keys.addAll(recipe.keySet());
    for (String key : there.isEmpty() ? Set.<String>of() : keys) {
      boolean compared =
          RecipeChanges.isData(key) ? !knownData && !recorded : RecipeChanges.refuses(key);
      String found = there.getOrDefault(key, "absent");
      String expected = recipe.getOrDefault(key, "absent");
      if (compared && !found.equals(expected)) {
        lines.add("  " + key + ": " + found + " there, " + expected + " here");
      }
    }
    if (!lines.isEmpty()) {
      lines.add(
          0,
          checkpoint.path()
              + ": is a checkpoint of another run than this folder's; move it out of the folder, or"
              + " choose another folder. The two differ in");
      throw new BadInput(lines);
    }
  }

  private Map<String, String> recipe(String text) {
    try {
      return JsonMapper.shared().readTree(text) instanceof ObjectNode object && !object.isEmpty()
          ? RecipeLeaves.ofWritten(object, catalogue)
          : Map.of();
    } catch (JacksonException e) {
      return new TreeMap<>();
    }
  }
}
