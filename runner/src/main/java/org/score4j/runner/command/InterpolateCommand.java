package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.score4j.api.Progress;
import org.score4j.runner.console.ProgressBar;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.run.FlowSettings;
import org.score4j.runner.run.Interruption;
import org.score4j.runner.run.Latents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes from example to example through the latents of a trained run. */
@Command(
    name = "interpolate",
    mixinStandardHelpOptions = true,
    description = {
      "Goes from each example of a file to the next, through their latents.",
      "The way is a great circle (slerp). Input and output are as those of encode; the output",
      "holds all ways, one after the other."
    })
final class InterpolateCommand implements Callable<Integer> {
  private final RunOpener opener;
  private final ProgressDisplay display;
  private final Interruption interruption;
  @Mixin private Plugins plugins;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "A safetensors file.")
  private Path input;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Steps of each way, with both of its ends. Default: 8.")
  private int frames = 8;

  @Mixin private FlowOptions flow;
  @Mixin private OutputOptions output;

  @Inject
  InterpolateCommand(RunOpener opener, ProgressDisplay display, Interruption interruption) {
    this.opener = opener;
    this.display = display;
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    FlowSettings settings = flow.settings(output.weights());
    long ways = opener.read(run, plugins, Latents.class, l -> interpolate(l, settings));
    System.out.println(ways + " ways of " + frames + " frames: " + output.path());
    return 0;
  }

  private long interpolate(Latents latents, FlowSettings settings) {
    try (ProgressBar bar = display.begin("interpolate", "step", 0)) {
      Progress progress =
          (done, total) -> {
            bar.step(done, total);
            interruption.check();
          };
      return latents.interpolate(input, output.output(), frames, settings, progress);
    }
  }
}
