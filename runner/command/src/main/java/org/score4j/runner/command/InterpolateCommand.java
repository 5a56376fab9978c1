package org.score4j.runner.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes between examples through the latents of a trained run. */
@Command(
    name = "interpolate",
    mixinStandardHelpOptions = true,
    description = {
      "Goes from each example of a file to the next, through their latents.",
      "The way is a great circle (slerp). Input and output are as those of encode; the output holds"
          + " all ways, one after the other."
    })
final class InterpolateCommand implements Callable<Integer> {
  @Mixin private LatentsWork work;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Steps of each way, with both of its ends. Default: 8.")
  private int frames = 8;

  @Override
  public Integer call() {
    long ways =
        work.go(
            "interpolate",
            (latents, input, output, settings, progress) ->
                latents.interpolate(input, output, frames, settings, progress));
    System.out.println(ways + " ways of " + frames + " frames: " + work.output());
    return 0;
  }
}
