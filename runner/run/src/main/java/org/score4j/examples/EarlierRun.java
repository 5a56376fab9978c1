package org.score4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.score4j.format.FileFailure;
import org.score4j.recipe.json.RecipeText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs are resumed in the units in which they were trained by a recipe that says nothing of them:
 * those of versions that knew no standardization, with data as they are.
 */
public final class EarlierRun {
  private static final String KEY = "standardiz";
  private static final String STANDARDIZE = "standardize";
  private static final String STANDARDIZATION = "standardization";

  private EarlierRun() {}

  /**
   * Settings to read a recipe with.
   *
   * @param manifest of the run in the recipe's folder, if there is one
   * @param trained whether that run has checkpoints
   * @param recipe that is to resume it
   * @param settings what replaces values of the recipe
   * @return the settings, and {@code standardize=false} where the run is an earlier one or was
   *     trained so, or the standardization that it was trained with
   */
  public static List<String> settings(
      Path manifest, boolean trained, RecipeText recipe, List<String> settings) {
    if (settings.stream().anyMatch(setting -> setting.startsWith(KEY))
        || names(recipe.json())
        || !Files.isRegularFile(manifest)) {
      return settings;
    }
    try {
      String before = Files.readString(manifest);
      Optional<JsonNode> units =
          tree(before).map(json -> json.path(STANDARDIZATION)).filter(JsonNode::isObject);
      if (trained && units.isPresent()) {
        return with(settings, STANDARDIZATION + "=" + units.get());
      }
      if (trained && tree(before).filter(json -> isFalse(json.path(STANDARDIZE))).isPresent()) {
        return with(settings, STANDARDIZE + "=false");
      }
      boolean earlier = tree(before).filter(json -> json.has("provenance")).isPresent();
      return earlier && !names(before) ? with(settings, STANDARDIZE + "=false") : settings;
    } catch (IOException e) {
      throw FileFailure.reading(manifest, e);
    }
  }

  private static boolean isFalse(JsonNode node) {
    return node.isBoolean() && !node.asBoolean();
  }

  private static List<String> with(List<String> settings, String more) {
    return Stream.concat(settings.stream(), Stream.of(more)).toList();
  }

  private static boolean names(String json) {
    return tree(json).stream()
        .flatMap(recipe -> recipe.propertyNames().stream())
        .anyMatch(key -> key.startsWith(KEY));
  }

  /** The text as JSON; empty if it is none, which others report. */
  private static Optional<JsonNode> tree(String json) {
    try {
      return Optional.of(JsonMapper.shared().readTree(json));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
