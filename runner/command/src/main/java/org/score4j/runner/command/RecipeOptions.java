package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that start from a recipe. */
final class RecipeOptions {
  @Option(names = "--recipe", paramLabel = "FILE", description = "The recipe, a JSON file.")
  private Optional<Path> recipe = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The run folder. Default: runs/NAME, with the recipe's name.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Replaces a value of the recipe, as in --set sampler.steps=200.",
        "May be given several times."
      })
  private List<String> settings = new ArrayList<>();

  Optional<Path> recipe() {
    return recipe;
  }

  Optional<Path> output() {
    return output;
  }

  List<String> settings() {
    return settings;
  }
}
