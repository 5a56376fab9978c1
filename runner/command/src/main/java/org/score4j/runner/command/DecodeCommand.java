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
      "Takes latents to data along the probability-flow ODE.",
      "They are what encode wrote, or draws from the prior. Input and output are as those of"
          + " encode."
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
