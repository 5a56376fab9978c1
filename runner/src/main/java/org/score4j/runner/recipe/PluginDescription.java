package org.score4j.runner.recipe;

import java.util.List;
import java.util.Optional;
import org.score4j.runner.plugin.KeyType;
import org.score4j.runner.plugin.Keys;
import org.score4j.runner.plugin.Origin;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.plugin.PluginEntry;
import org.score4j.runner.plugin.Service;
import tools.jackson.databind.JsonNode;

/**
 * A plugin as a user sees it.
 *
 * @param service what it provides
 * @param name how a recipe calls it
 * @param origin its module, version and jar
 * @param presets names of other sets of defaults, in order; possibly empty
 * @param keys what a recipe can tell it, in order; possibly empty
 */
public record PluginDescription(
    Service service, String name, Origin origin, List<String> presets, List<KeyDescription> keys) {

  /**
   * A key as a user sees it.
   *
   * @param name in the recipe
   * @param type such as {@code number}, {@code one of a|b} or {@code list of numbers}
   * @param required whether a recipe must give it
   * @param defaultValue what it is if a recipe does not give it; empty if required, or if nothing
   *     in JSON can say it
   */
  public record KeyDescription(
      String name, String type, boolean required, Optional<JsonNode> defaultValue) {}

  /** Describes every plugin of a catalogue, by service and then by name. */
  public static List<PluginDescription> all(PluginCatalogue catalogue) {
    RecipeWriter writer = new RecipeWriter(catalogue);
    return catalogue.entries().stream().map(entry -> of(entry, writer)).toList();
  }

  private static PluginDescription of(PluginEntry entry, RecipeWriter writer) {
    return new PluginDescription(
        entry.service(),
        entry.name(),
        entry.origin(),
        List.copyOf(entry.presets().keySet()),
        entry.keys().keys().stream().map(key -> key(entry, key, writer)).toList());
  }

  private static KeyDescription key(PluginEntry entry, Keys.Key key, RecipeWriter writer) {
    KeyType type = key.type();
    Optional<JsonNode> defaultValue =
        key.required()
            ? Optional.empty()
            : entry
                .keys()
                .defaults()
                .flatMap(defaults -> writer.value(type, Keys.read(defaults, key.name())));
    return new KeyDescription(key.name(), type.label(), key.required(), defaultValue);
  }
}
