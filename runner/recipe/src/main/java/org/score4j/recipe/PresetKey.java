package org.score4j.recipe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.Nearest;
import org.score4j.recipe.json.Problems;
import org.score4j.recipe.plugin.Keys;
import org.score4j.recipe.plugin.PluginEntry;

/** The key by which a recipe chooses a plugin's defaults. */
public final class PresetKey {
  /** The key. */
  public static final String NAME = "preset";

  private final Problems problems;

  PresetKey(Problems problems) {
    this.problems = problems;
  }

  /** Whether the key means something in this object. */
  static boolean appliesTo(PluginEntry entry, Json.Obj object) {
    return !entry.presets().isEmpty() && object.get(NAME).isPresent();
  }

  /** The plugin's keys, with the preset's values for defaults; empty after noting a problem. */
  Optional<Keys> keys(PluginEntry entry, Json.Obj object, String path) {
    Json given = object.get(NAME).orElseThrow();
    List<String> names = List.copyOf(entry.presets().keySet());
    if (given instanceof Json.Text name && names.contains(name.value())) {
      Keys keys = entry.keys();
      return Optional.of(
          new Keys(keys.type(), keys.keys(), Optional.of(entry.presets().get(name.value()))));
    }
    String meant = given instanceof Json.Text name ? Nearest.meant(name.value(), names) : "";
    problems.add(
        given.at(),
        path.isEmpty() ? NAME : path + "." + NAME,
        "must be one of "
            + names.stream().map(n -> '"' + n + '"').collect(Collectors.joining(", "))
            + ", found "
            + given.found()
            + meant);
    return Optional.empty();
  }
}
