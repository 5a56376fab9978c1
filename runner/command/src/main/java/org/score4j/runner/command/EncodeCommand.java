package org.score4j.runner.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.score4j.flow.Latents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes data to the latents of a trained run. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = {
      "Encodes data to latents with the probability-flow ODE.",
      "Reports the reconstruction error of the first examples. The input contains x [B, H, W, C] or"
          + " [B, D], or x_nchw [B, C, H, W], and optionally labels [B] if the data have classes; or"
          + " it is an output of sample. The output contains the latents as x or x_nchw, and the"
          + " labels."
    })
final class EncodeCommand implements Callable<Integer> {
  @Mixin private LatentsWork work;

  @Override
  public Integer call() {
    Latents.RoundTrip trip = work.go("encode", Latents::encode);
    System.out.printf(
        Locale.ROOT,
        "latents of %d examples, %s: %s%nround trip of %d: off by %.2g in root mean square, %.2g at"
            + " most%n",
        trip.count(),
        trip.times().fromData(),
        work.output(),
        trip.checked(),
        trip.rms(),
        trip.largest());
    return 0;
  }
}
