package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.plugin.BadInput;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which trained run, by which samples, with what of its recipe replaced. */
final class TrainedRunOptions {
  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Random seed of the samples. Default: seed of the recipe.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "CLASS",
      split = ",",
      description = {
        "Draws samples of this class, by name or by number from 0; of several in turn.",
        "May be given several times, or with commas. Default: sampling.labels of the recipe."
      })
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Replaces a value of the recipe, as in --set sampler.steps=200.",
        "May be given several times."
      })
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = {
        "A JSON file whose keys replace those of the recipe, such as examples/inpainting.json.",
        "Its paths are relative to the working folder."
      })
  private Optional<Path> with = Optional.empty();

  Path run() {
    return run;
  }

  Optional<Long> seed() {
    return seed;
  }

  /**
   * What replaces values of the recipe; --set counts more than --with, and --label than --with.
   *
   * @throws BadInput if --label and --set give the same
   */
  List<String> settings() {
    List<String> all = new ArrayList<>();
    with.ifPresent(file -> all.addAll(RecipeReader.settings(file)));
    all.addAll(settings);
    if (!labels.isEmpty()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      labels.forEach(label -> list.add(label.strip()));
      all.add(alone("--label", "sampling.labels", list));
    }
    return all;
  }

  /**
   * The setting that an option of its own makes.
   *
   * @throws BadInput if a --set makes it too
   */
  String alone(String option, String key, Object value) {
    settings.stream()
        .filter(setting -> setting.startsWith(key + "="))
        .forEach(
            setting -> {
              throw new BadInput(
                  option + " and --set " + setting + ": both give " + key + "; leave one out");
            });
    return key + "=" + value;
  }
}
