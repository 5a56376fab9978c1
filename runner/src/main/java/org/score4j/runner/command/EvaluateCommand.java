package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.runner.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures samples of a trained run. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Draws samples from a run's newest checkpoint and holds them against data by metrics.",
      "The recipe's reference, else its data, is what they are held against; what the metrics",
      "found goes to metrics.jsonl. No sample is kept."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final RunOpener opener;
  @Mixin private Plugins plugins;

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
        "Replaces a value of the recipe, as in --set evaluation=[\"fid\"].",
        "May be given several times."
      })
  private List<String> settings = new ArrayList<>();

  @Inject
  EvaluateCommand(RunOpener opener) {
    this.opener = opener;
  }

  @Override
  public Integer call() {
    List<String> all = new ArrayList<>(settings);
    count.ifPresent(n -> all.add("sampling.count=" + n));
    opener
        .reopen(run, all, plugins, opened -> opened.evaluate(seed))
        .forEach(measurement -> System.out.println(Run.told(measurement)));
    return 0;
  }
}
