package org.score4j.recipe.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.score4j.api.Presets;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.plugin.Description;
import org.score4j.recipe.plugin.KeyType;
import org.score4j.recipe.plugin.Origin;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.plugin.PluginEntry;
import org.score4j.recipe.plugin.Service;

/**
 * A plugin as a user sees it.
 *
 * @param service what it provides
 * @param name how a recipe calls it
 * @param origin its module, version and jar
 * @param description what it does, by which equation and from which paper; possibly empty
 * @param presets names of other sets of defaults, in order, with what is told of each, which may be
 *     nothing; possibly none
 * @param keys what a recipe can tell it, in order; possibly none
 */
public record PluginDescription(
    Service service,
    String name,
    Origin origin,
    Description description,
    Map<String, String> presets,
    List<KeyDescription> keys) {

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
        Description.of(entry.keys().type()),
        presets(entry),
        KeyDescription.all(entry.keys(), writer));
  }

  private static Map<String, String> presets(PluginEntry entry) {
    Map<String, String> told = new LinkedHashMap<>();
    entry.presets().keySet().forEach(name -> told.put(name, ""));
    Presets declared = entry.keys().type().getAnnotation(Presets.class);
    if (declared != null) {
      told.putAll(KeyDescription.choices(new KeyType.Choice(declared.value())));
    }
    return told;
  }
}
