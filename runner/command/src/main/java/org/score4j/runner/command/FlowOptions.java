package org.score4j.runner.command;

import java.util.Optional;
import java.util.function.Supplier;
import org.score4j.api.InvalidValueException;
import org.score4j.flow.FlowSettings;
import org.score4j.folder.Weights;
import org.score4j.recipe.plugin.BadInput;
import picocli.CommandLine.Option;

/** Options of the commands that follow the probability-flow ODE. */
final class FlowOptions {
  @Option(
      names = "--tolerance",
      paramLabel = "E",
      description = {
        "Relative and absolute tolerance of the ODE solver, per step.",
        "Default: 1e-6; for likelihood 1e-5, together with --density-tolerance."
      })
  private Optional<Double> tolerance = Optional.empty();

  /** The settings, with the tolerance of a command that is not given one. */
  FlowSettings settings(Weights weights, double usual) {
    return told(() -> new FlowSettings(tolerance.orElse(usual), weights));
  }

  /** What is made of options, whose faults are told by the options' names. */
  static <T> T told(Supplier<T> of) {
    try {
      return of.get();
    } catch (InvalidValueException e) {
      throw new BadInput(e.faults().stream().map(fault -> "--" + fault).toList());
    }
  }
}
