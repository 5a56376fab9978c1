package org.score4j.runner.command;

import java.util.ArrayList;
import java.util.List;
import org.score4j.recipe.plugin.Service;
import org.score4j.recipe.schema.KeyDescription;
import org.score4j.recipe.schema.PluginDescription;
import org.score4j.runner.console.Fold;
import org.score4j.runner.console.Table;

/** Plugins by their services, each with its purpose and a table of its keys. */
final class PluginList {
  private static final int INDENT = 6;
  private static final int LONGEST_DEFAULT = 40;

  private PluginList() {}

  static List<String> lines(List<PluginDescription> plugins, Fold fold) {
    List<String> lines = new ArrayList<>();
    for (Service service : Service.values()) {
      List<PluginDescription> provided =
          plugins.stream().filter(plugin -> plugin.service() == service).toList();
      if (!provided.isEmpty()) {
        String many = service.many();
        lines.add(Character.toUpperCase(many.charAt(0)) + many.substring(1));
        provided.forEach(plugin -> lines.addAll(lines(plugin, fold)));
        lines.add("");
      }
    }
    return lines;
  }

  private static List<String> lines(PluginDescription plugin, Fold fold) {
    List<String> lines = new ArrayList<>();
    lines.add("  " + plugin.name() + "   (" + plugin.origin().id() + ")");
    lines.addAll(fold.lines(plugin.description().purpose(), INDENT));
    if (!plugin.presets().isEmpty()) {
      String presets = "presets: " + String.join(", ", plugin.presets().keySet());
      lines.addAll(fold.lines(presets, INDENT));
    }
    keys(plugin.keys()).forEach(line -> lines.add(" ".repeat(INDENT) + line));
    return lines;
  }

  private static List<String> keys(List<KeyDescription> keys) {
    if (keys.isEmpty()) {
      return List.of("no keys");
    }
    var rows = keys.stream().map(key -> List.of(key.name(), key.type(), usual(key))).toList();
    return new Table(List.of("key", "type", "default"), rows).lines();
  }

  private static String usual(KeyDescription key) {
    String value = key.required() ? "(required)" : key.usual().isEmpty() ? "(none)" : key.usual();
    return value.length() > LONGEST_DEFAULT
        ? value.substring(0, LONGEST_DEFAULT - 3) + "..."
        : value;
  }
}
