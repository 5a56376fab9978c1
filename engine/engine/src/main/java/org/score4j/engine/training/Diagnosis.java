package org.score4j.engine.training;

import java.util.List;
import java.util.Optional;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Finds out which number of a step is not finite, when the step is run again.
 *
 * @param parameters in the order of the network
 * @param gradients of each parameter
 */
record Diagnosis(List<Variable> parameters, List<Operand<TFloat32>> gradients) {

  /**
   * Runs the step without its update.
   *
   * @param runner fed as for the step
   * @param loss what the step gave
   */
  TrainingProgram.Fault of(Session.Runner runner, double loss) {
    parameters.forEach(parameter -> runner.fetch(parameter.value()));
    gradients.forEach(runner::fetch);
    try (Result result = runner.run()) {
      Optional<String> parameter = firstBroken(result, 0);
      if (parameter.isPresent()) {
        return new TrainingProgram.Fault(
            "the parameter " + parameter.get() + " is not finite", true);
      }
      String reason =
          firstBroken(result, parameters.size())
              .map(name -> "the gradient of " + name + " is not finite")
              .orElse("all gradients are finite, but not their norm");
      return new TrainingProgram.Fault(
          Double.isFinite(loss) ? reason : "the loss is " + loss + ", " + reason, false);
    }
  }

  private Optional<String> firstBroken(Result result, int offset) {
    for (int i = 0; i < parameters.size(); i++) {
      if (!Snapshot.isFinite((TFloat32) result.get(offset + i))) {
        return Optional.of(parameters.get(i).path());
      }
    }
    return Optional.empty();
  }
}
