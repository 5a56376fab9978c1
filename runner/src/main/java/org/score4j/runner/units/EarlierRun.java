package org.score4j.runner.units;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.score4j.runner.recipe.RecipeText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs of versions that knew no standardization: they trained on data as they are, and are resumed
 * so by a recipe that says nothing of it.
 */
public final class EarlierRun {
  private static final String KEY = "standardiz";

  private EarlierRun() {}

  /**
   * Settings to read a recipe with.
   *
   * @param manifest of the run in the recipe's folder, if there is one
   * @param recipe that is to resume it
   * @param settings what replaces values of the recipe
   * @return the settings, and {@code standardize=false} where the run is an earlier one
   */
  public static List<String> settings(Path manifest, RecipeText recipe, List<String> settings) {
    if (settings.stream().anyMatch(setting -> setting.startsWith(KEY))
        || names(recipe.json())
        || !Files.isRegularFile(manifest)) {
      return settings;
    }
    try {
      String before = Files.readString(manifest);
      boolean earlier = tree(before).filter(json -> json.has("provenance")).isPresent();
      return earlier && !names(before)
          ? Stream.concat(settings.stream(), Stream.of("standardize=false")).toList()
          : settings;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + manifest + ": " + e.getMessage(), e);
    }
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
