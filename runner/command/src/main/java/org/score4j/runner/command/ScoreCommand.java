package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.score4j.Monitor;
import org.score4j.sampling.Scorer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes the score of given data with a trained run. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Computes the score of noisy data with a run's newest checkpoint.",
      "The input contains x [B, H, W, C] or [B, D], or x_nchw [B, C, H, W], and the times t [B];"
          + " labels [B] are optional if the data have classes. The output contains score, noise and"
          + " denoised, with the shape of x.",
      "A file written by sample is input too; without t, at the start time of the forward process."
    })
final class ScoreCommand implements Callable<Integer> {
  private final Runs runs;
  private final Monitor monitor;
  @Mixin private Plugins plugins;
  @Mixin private SettingsOption settings;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "The noisy data, a safetensors file.")
  private Path input;

  @Mixin private OutputOptions output;

  @Inject
  ScoreCommand(Runs runs, Monitor monitor) {
    this.runs = runs;
    this.monitor = monitor;
  }

  @Override
  public Integer call() {
    long count =
        runs.read(
            run,
            settings.get(),
            plugins,
            Scorer.class,
            scorer ->
                monitor.over(
                    "score",
                    "example",
                    progress -> scorer.score(input, output.output(), output.weights(), progress)));
    System.out.println("score of " + count + " examples: " + output.path());
    return 0;
  }
}
