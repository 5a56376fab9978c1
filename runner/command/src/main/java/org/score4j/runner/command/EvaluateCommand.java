package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures samples of a trained run. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Draws samples from a run's newest checkpoint and computes metrics on them.",
      "The samples are compared with the recipe's reference, or else its data. The results are"
          + " appended to metrics.jsonl; the samples are not saved."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Runs runs;
  @Mixin private Plugins plugins;

  @Mixin private DrawOptions draw;

  @Inject
  EvaluateCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    runs.reopen(draw.run(), draw.settings(), plugins, this::measured).forEach(System.out::println);
    return 0;
  }

  private List<String> measured(ShownRun shown) {
    List<String> lines = new ArrayList<>();
    shown.run().evaluate(draw.seed()).forEach(measurement -> lines.add(RunLines.of(measurement)));
    shown.page().ifPresent(page -> lines.add(RunLines.of(page)));
    return lines;
  }
}
