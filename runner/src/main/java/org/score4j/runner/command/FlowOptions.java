package org.score4j.runner.command;

import org.score4j.runner.run.FlowSettings;
import org.score4j.runner.run.Weights;
import picocli.CommandLine.Option;

/** Options of the commands that follow the probability-flow ODE. */
final class FlowOptions {
  @Option(
      names = "--tolerance",
      paramLabel = "E",
      description = "Relative and absolute error of a step of the ODE. Default: 1e-5.")
  private double tolerance = 1e-5;

  FlowSettings settings(Weights weights) {
    return new FlowSettings(tolerance, weights);
  }
}
