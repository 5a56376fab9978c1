package org.score4j.runner.command;

import org.score4j.folder.Weights;
import picocli.CommandLine.Option;

/** Which of a run's weights a command takes. */
final class WeightsOption {
  @Option(
      names = "--weights",
      paramLabel = "WHICH",
      description = "The EMA weights (ema) or the last parameters (parameters). Default: ema.")
  private Weights which = Weights.EMA;

  Weights which() {
    return which;
  }
}
