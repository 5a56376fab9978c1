package org.score4j.runner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.score4j.api.InvalidValueException;
import org.score4j.api.ScoreModel;
import org.score4j.engine.ModelSize;
import org.score4j.runner.console.Table;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.plugin.PluginEntry;
import org.score4j.runner.recipe.PluginDescription;
import org.tensorflow.ndarray.Shape;

/**
 * What there is to tell of a plugin.
 *
 * @param lines as a terminal shows them
 */
record PluginPage(List<String> lines) {
  private static final int LONGEST_DEFAULT = 40;

  /** As in "ffhq-256", a preset for images of 256 x 256. */
  private static final Pattern SIZE = Pattern.compile(".*-(\\d{2,4})(?:-.*)?");

  private static final long USUAL_SIZE = 32;
  private static final long COLOURS = 3;

  static PluginPage of(PluginCatalogue catalogue, PluginDescription plugin) {
    List<String> lines = new ArrayList<>();
    lines.add(plugin.name() + ", " + plugin.service().one());
    lines.add("from " + plugin.origin());
    lines.addAll(keys(plugin, false));
    PluginEntry entry = catalogue.find(plugin.service(), plugin.name()).orElseThrow();
    if (!entry.presets().isEmpty()) {
      lines.addAll(presets(entry));
    }
    return new PluginPage(lines);
  }

  /** The names of the presets in a line, if there are any. */
  static List<String> presets(PluginDescription plugin) {
    return plugin.presets().isEmpty()
        ? List.of()
        : List.of("presets: " + String.join(", ", plugin.presets()));
  }

  /** The keys as a table. */
  static List<String> keys(PluginDescription plugin, boolean cut) {
    if (plugin.keys().isEmpty()) {
      return List.of("no keys");
    }
    var rows =
        plugin.keys().stream()
            .map(key -> List.of(key.name(), key.type(), cut ? cut(value(key)) : value(key)))
            .toList();
    return new Table(List.of("key", "type", "default"), rows).lines();
  }

  private static String cut(String value) {
    return value.length() > LONGEST_DEFAULT
        ? value.substring(0, LONGEST_DEFAULT - 3) + "..."
        : value;
  }

  private static String value(PluginDescription.KeyDescription key) {
    if (key.required()) {
      return "(required)";
    }
    return key.defaultValue().map(Object::toString).orElse("(none)");
  }

  private static List<String> presets(PluginEntry entry) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Record> preset : entry.presets().entrySet()) {
      Matcher named = SIZE.matcher(preset.getKey());
      long size = named.matches() ? Long.parseLong(named.group(1)) : USUAL_SIZE;
      String count =
          Optional.of(preset.getValue())
              .filter(ScoreModel.class::isInstance)
              .map(ScoreModel.class::cast)
              .map(model -> parameters(model, size))
              .filter(OptionalLong::isPresent)
              .map(found -> "%,d on %dx%dx%d".formatted(found.getAsLong(), size, size, COLOURS))
              .orElse("");
      rows.add(List.of(preset.getKey(), count));
    }
    boolean counted = rows.stream().anyMatch(row -> !row.get(1).isEmpty());
    return new Table(List.of("preset", counted ? "parameters" : ""), rows).lines();
  }

  private static OptionalLong parameters(ScoreModel model, long size) {
    try {
      return OptionalLong.of(ModelSize.of(model, Shape.of(size, size, COLOURS)).parameters());
    } catch (InvalidValueException e) {
      // A preset for other data than such images.
      return OptionalLong.empty();
    }
  }
}
