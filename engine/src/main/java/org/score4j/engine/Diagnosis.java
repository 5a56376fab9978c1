package org.score4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Finds out which number of a step is not finite, when the step is run again. */
final class Diagnosis {
  private final List<Variable> parameters;
  private final Operand<TFloat32> gradientSquares;
  private final Operand<TFloat32> parameterSquares;

  /**
   * Adds what it takes to a graph.
   *
   * @param gradientSquares for each parameter, a number that is finite only if its gradient is
   */
  Diagnosis(Ops tf, List<Variable> parameters, List<Operand<TFloat32>> gradientSquares) {
    this.parameters = parameters;
    this.gradientSquares = tf.stack(gradientSquares);
    List<Operand<TFloat32>> squares = new ArrayList<>();
    parameters.forEach(p -> squares.add(tf.nn.l2Loss(p.value())));
    parameterSquares = tf.stack(squares);
  }

  /**
   * Runs the step without its update.
   *
   * @param runner fed as for the step
   * @param loss what the step gave
   */
  TrainingProgram.Fault of(Session.Runner runner, double loss) {
    try (Result result = runner.fetch(parameterSquares).fetch(gradientSquares).run()) {
      Optional<String> parameter = firstBroken((TFloat32) result.get(0));
      if (parameter.isPresent()) {
        return new TrainingProgram.Fault(
            "the parameter " + parameter.get() + " is not finite", true);
      }
      String reason =
          firstBroken((TFloat32) result.get(1))
              .map(name -> "the gradient of " + name + " is not finite")
              .orElse("all gradients are finite, but not their norm");
      return new TrainingProgram.Fault(
          Double.isFinite(loss) ? reason : "the loss is " + loss + ", " + reason, false);
    }
  }

  private Optional<String> firstBroken(TFloat32 squares) {
    for (int i = 0; i < parameters.size(); i++) {
      if (!Float.isFinite(squares.getFloat(i))) {
        return Optional.of(parameters.get(i).path());
      }
    }
    return Optional.empty();
  }
}
