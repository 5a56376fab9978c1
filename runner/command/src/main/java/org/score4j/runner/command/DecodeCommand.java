package org.score4j.runner.command;

import java.util.concurrent.Callable;
import org.score4j.flow.Latents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes latents of a trained run to data. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = {
      "Decodes latents to data with the probability-flow ODE.",
      "The latents are those that encode wrote, or draws from the prior. Input and output have the"
          + " format of encode."
    })
final class DecodeCommand implements Callable<Integer> {
  @Mixin private LatentsWork work;

  @Override
  public Integer call() {
    Latents.Decoded decoded = work.go("decode", Latents::decode);
    System.out.println(
        "data of "
            + decoded.count()
            + " latents, "
            + decoded.times().fromNoise()
            + ": "
            + work.output());
    return 0;
  }
}
