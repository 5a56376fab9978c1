package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.Optional;
import org.score4j.folder.StartOptions;
import org.score4j.folder.Weights;
import org.score4j.recipe.plugin.BadInput;
import picocli.CommandLine.Option;

/** How the commands that train begin. */
final class StartingOptions {
  @Option(
      names = "--from",
      paramLabel = "RUN",
      description = {
        "Starts a new run from the weights of another: its folder, one of its checkpoints, or what"
            + " export --format safetensors wrote. Data, classes, loss and optimizer may differ."
      })
  private Optional<Path> from = Optional.empty();

  @Option(
      names = "--from-weights",
      paramLabel = "WHICH",
      description = "The weights to use: ema or parameters. Default: ema.")
  private Optional<Weights> weights = Optional.empty();

  @Option(
      names = "--from-partial",
      description = "Initializes tensors that do not match at random, instead of refusing.")
  private boolean partial;

  @Option(
      names = "--accept-data",
      description = "Resumes a run although its data have changed, and records the change.")
  private boolean acceptData;

  StartOptions get() {
    if (from.isEmpty() && (partial || weights.isPresent())) {
      throw new BadInput(
          (partial ? "--from-partial" : "--from-weights") + ": needs --from RUN, whose weights?");
    }
    return new StartOptions(acceptData, from, weights.orElse(Weights.EMA), partial);
  }
}
