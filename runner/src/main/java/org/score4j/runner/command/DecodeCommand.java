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

/** Takes latents of a trained run to data. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = {
      "Takes latents to data along the probability-flow ODE.",
      "They are what encode wrote, or draws from the prior. Input and output are as those of",
      "encode."
    })
final class DecodeCommand implements Callable<Integer> {
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

  @Mixin private FlowOptions flow;
  @Mixin private OutputOptions output;

  @Inject
  DecodeCommand(RunOpener opener, ProgressDisplay display, Interruption interruption) {
    this.opener = opener;
    this.display = display;
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    FlowSettings settings = flow.settings(output.weights());
    long count = opener.read(run, plugins, Latents.class, l -> decode(l, settings));
    System.out.println("data of " + count + " latents: " + output.path());
    return 0;
  }

  private long decode(Latents latents, FlowSettings settings) {
    try (ProgressBar bar = display.begin("decode", "step", 0)) {
      Progress progress =
          (done, total) -> {
            bar.step(done, total);
            interruption.check();
          };
      return latents.decode(input, output.output(), settings, progress);
    }
  }
}
