package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that draw samples from a trained run. */
final class DrawOptions {
  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many samples. Default: sampling.count of the recipe.")
  private Optional<Integer> count = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Which samples. Default: seed of the recipe.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Replaces a value of the recipe, as in --set sampler.steps=200.",
        "May be given several times."
      })
  private List<String> settings = new ArrayList<>();

  Path run() {
    return run;
  }

  Optional<Long> seed() {
    return seed;
  }

  /** What replaces values of the recipe; --count counts more than any --set. */
  List<String> settings() {
    List<String> all = new ArrayList<>(settings);
    count.ifPresent(n -> all.add("sampling.count=" + n));
    return all;
  }
}
