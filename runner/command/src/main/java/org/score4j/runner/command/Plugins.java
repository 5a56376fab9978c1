package org.score4j.runner.command;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.score4j.recipe.plugin.PluginCatalogue;
import picocli.CommandLine.Option;

/** The option that every command has: where else to look for plugins. */
public final class Plugins {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = {
        "A folder of plugin jars, besides the one of the installation.",
        "May be given several times."
      })
  private List<Path> folders = new ArrayList<>();

  /**
   * Finds the plugins of the installation and of the given folders, for recipes.
   *
   * @throws org.score4j.recipe.plugin.BadInput if one of them cannot be used
   */
  PluginCatalogue load() {
    return PluginCatalogue.load(all());
  }

  /** Finds those that can be used, to be shown. */
  PluginCatalogue survey() {
    return PluginCatalogue.survey(all());
  }

  private List<Path> all() {
    // Set by the launcher: the plugins/ folder of the installation.
    Stream<Path> installed =
        Stream.of(System.getProperty("score4j.plugins", "").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of);
    return Stream.concat(installed, folders.stream()).toList();
  }
}
