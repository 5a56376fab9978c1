package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import org.score4j.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains, resuming if there is something to resume, samples and evaluates. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Trains, samples and evaluates. The default command.",
      "Training resumes from the newest checkpoint; all results are in the run folder."
    })
final class RunCommand implements Callable<Integer> {
  private final Runs runs;
  @Mixin private RecipeOptions options;
  @Mixin private StartingOptions starting;
  @Mixin private Plugins plugins;
  @Mixin private DryRunOption dryRun;

  @Inject
  RunCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    return runAll(runs, options, starting, plugins, dryRun);
  }

  static int runAll(
      Runs runs,
      RecipeOptions options,
      StartingOptions starting,
      Plugins plugins,
      DryRunOption dryRun) {
    if (dryRun.wanted()) {
      EstimateTable.lines(runs.estimate(options, starting.get(), plugins, true))
          .forEach(System.out::println);
      return 0;
    }
    List<String> lines =
        runs.start(
            options,
            starting.get(),
            plugins,
            shown -> {
              Run run = shown.run();
              run.checkSampling();
              run.train();
              return run.sampleIfAny()
                  .map(drawn -> RunLines.of(drawn, shown.page()))
                  .orElseGet(() -> shown.page().map(RunLines::of).stream().toList());
            });
    lines.forEach(System.out::println);
    return 0;
  }
}
