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
      "Interpolates between consecutive examples of a file, through their latents.",
      "Interpolation is spherical (slerp). Input and output have the format of encode; the output"
          + " contains all paths, one after the other."
    })
final class InterpolateCommand implements Callable<Integer> {
  @Mixin private LatentsWork work;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Points on each path, both ends included. Default: 8.")
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
