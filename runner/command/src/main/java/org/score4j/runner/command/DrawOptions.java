package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that draw the recipe's number of samples, or another. */
final class DrawOptions {
  @Mixin private TrainedRunOptions trained;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of samples. Default: sampling.count of the recipe.")
  private Optional<Integer> count = Optional.empty();

  Path run() {
    return trained.run();
  }

  Optional<Long> seed() {
    return trained.seed();
  }

  /** What replaces values of the recipe; no --set gives what --count gives. */
  List<String> settings() {
    return settings(Optional.empty());
  }

  /**
   * The same with a number of samples in place of that of the recipe.
   *
   * @param number of samples unless it is given
   */
  List<String> settings(Optional<Integer> number) {
    List<String> all = new ArrayList<>();
    number.ifPresent(n -> all.add("sampling.count=" + n));
    all.addAll(trained.settings());
    count.ifPresent(n -> all.add(trained.alone("--count", "sampling.count", n)));
    return all;
  }
}
