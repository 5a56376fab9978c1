package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains and does nothing else. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains the recipe's model, resuming from the newest checkpoint.")
final class TrainCommand implements Callable<Integer> {
  private final Runs runs;
  @Mixin private RecipeOptions options;
  @Mixin private StartingOptions starting;
  @Mixin private Plugins plugins;
  @Mixin private DryRunOption dryRun;

  @Inject
  TrainCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    if (dryRun.wanted()) {
      EstimateTable.lines(runs.estimate(options, starting.get(), plugins, false))
          .forEach(System.out::println);
      return 0;
    }
    runs.start(
        options,
        starting.get(),
        plugins,
        shown -> {
          shown.run().train();
          return shown;
        });
    return 0;
  }
}
