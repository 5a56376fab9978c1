package org.score4j.runner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.score4j.engine.size.NetworkSize;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.plugin.PluginEntry;
import org.score4j.recipe.schema.PluginDescription;
import org.score4j.runner.console.Fold;
import org.tensorflow.ndarray.Shape;

/** All that there is to tell of a plugin. */
final class PluginPage {
  private static final int INDENT = 2;
  private static final int DEEPER = 6;

  /** As in "ffhq-256", a preset for images of 256 x 256. */
  private static final Pattern SIZE = Pattern.compile(".*-(\\d{2,4})(?:-.*)?");

  private static final long USUAL_SIZE = 32;
  private static final long COLOURS = 3;

  private final PluginDescription plugin;
  private final Fold fold;
  private final List<String> lines = new ArrayList<>();

  private PluginPage(PluginDescription plugin, Fold fold) {
    this.plugin = plugin;
    this.fold = fold;
  }

  /** The page as a terminal shows it: what it is, its keys, its presets. */
  static List<String> lines(PluginCatalogue catalogue, PluginDescription plugin, Fold fold) {
    PluginPage page = new PluginPage(plugin, fold);
    page.opening();
    page.keys();
    PluginEntry entry = catalogue.find(plugin.service(), plugin.name()).orElseThrow();
    if (!entry.presets().isEmpty()) {
      page.presets(entry);
    }
    return page.lines;
  }

  private void opening() {
    lines.add(plugin.name() + ", " + plugin.service().one());
    lines.add("from " + plugin.origin());
    if (!plugin.description().text().isEmpty()) {
      lines.add("");
      lines.addAll(fold.lines(plugin.description().text(), 0));
    }
    lines.add("");
  }

  private void keys() {
    if (plugin.keys().isEmpty()) {
      lines.add("It takes no keys.");
      return;
    }
    lines.add("keys");
    plugin.keys().forEach(key -> lines.addAll(KeyLines.of(key, fold, INDENT)));
  }

  private void presets(PluginEntry entry) {
    lines.add("");
    lines.add("presets");
    for (Map.Entry<String, Record> preset : entry.presets().entrySet()) {
      String name = preset.getKey();
      lines.addAll(fold.lines(name + parameters(name, preset.getValue()).orElse(""), INDENT));
      lines.addAll(fold.lines(plugin.presets().getOrDefault(name, ""), DEEPER));
    }
  }

  private static Optional<String> parameters(String name, Record preset) {
    Matcher named = SIZE.matcher(name);
    long size = named.matches() ? Long.parseLong(named.group(1)) : USUAL_SIZE;
    OptionalLong count =
        preset instanceof ScoreModel model ? parameters(model, size) : OptionalLong.empty();
    return count.isPresent()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                ": %,d parameters on %dx%dx%d",
                count.getAsLong(),
                size,
                size,
                COLOURS))
        : Optional.empty();
  }

  private static OptionalLong parameters(ScoreModel model, long size) {
    try {
      Shape image = Shape.of(size, size, COLOURS);
      NetworkSize network = NetworkSize.of(model, image, 0, false, Precision.FLOAT32);
      return network.complete() ? OptionalLong.of(network.parameters()) : OptionalLong.empty();
    } catch (InvalidValueException e) {
      // A preset for other data than such images.
      return OptionalLong.empty();
    }
  }
}
