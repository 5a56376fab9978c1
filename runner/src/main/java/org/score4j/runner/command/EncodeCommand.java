package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
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

/** Takes data to the latents of a trained run. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = {
      "Takes data to their latents along the probability-flow ODE.",
      "Tells how exactly the first of them come back.",
      "The input holds x [B, H, W, C] or [B, D], or x_nchw [B, C, H, W], and may hold labels [B]",
      "if the data have classes; the output holds the latents by the same name, and the labels."
    })
final class EncodeCommand implements Callable<Integer> {
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
  EncodeCommand(RunOpener opener, ProgressDisplay display, Interruption interruption) {
    this.opener = opener;
    this.display = display;
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    FlowSettings settings = flow.settings(output.weights());
    var trip = opener.read(run, plugins, Latents.class, l -> encode(l, settings));
    System.out.printf(
        Locale.ROOT,
        "latents of %d examples: %s%nround trip of %d: off by %.2g in root mean square, %.2g at"
            + " most%n",
        trip.count(),
        output.path(),
        trip.checked(),
        trip.rms(),
        trip.largest());
    return 0;
  }

  private Latents.RoundTrip encode(Latents latents, FlowSettings settings) {
    try (ProgressBar bar = display.begin("encode", "step", 0)) {
      Progress progress =
          (done, total) -> {
            bar.step(done, total);
            interruption.check();
          };
      return latents.encode(input, output.output(), settings, progress);
    }
  }
}
