package org.score4j.engine.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.score4j.api.Initializer;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** The optimiser's rule and the moving averages, for one parameter after the other. */
final class ParameterUpdate {
  private final Computation computation;
  private final Optimizer optimizer;
  private final ScheduledScalars scalars;
  private final Operand<TFloat32> learningRate;
  private final List<ParameterAverage> averages;

  ParameterUpdate(
      Computation computation,
      Optimizer optimizer,
      RateCourse rate,
      List<ParameterAverage> averages,
      ScheduledScalars scalars) {
    this.computation = computation;
    this.optimizer = optimizer;
    this.averages = averages;
    this.scalars = scalars;
    learningRate = scalars.get("learningRate", n -> optimizer.learningRate() * rate.factor(n));
  }

  /**
   * Changes a parameter, then its averages.
   *
   * @param gated operations that run only once every gradient is known
   * @return what must have run
   */
  List<Op> of(Ops gated, Variable parameter, Operand<TFloat32> gradient) {
    Op changed = optimizer.update(new OneParameter(gated, parameter, gradient));
    Ops after = gated.withControlDependencies(List.of(changed));
    Operand<TFloat32> current = after.readVariableOp(parameter.handle(), TFloat32.class);
    List<Op> done = new ArrayList<>();
    for (ParameterAverage average : averages) {
      Variable mean = computation.copyOf(parameter, average.of(parameter));
      Operand<TFloat32> gain = scalars.get("gain-" + average.prefix(), average::gain);
      Operand<TFloat32> before = after.readVariableOp(mean.handle(), TFloat32.class);
      // The average moves by -gain (average - parameter), in place, as if by a gradient.
      done.add(
          after.train.resourceApplyGradientDescent(
              mean.handle(), gain, after.math.sub(before, current)));
    }
    return done;
  }

  /** What the optimiser sees of one parameter. */
  private final class OneParameter implements OptimizerGraph {
    private final Ops gated;
    private final Variable parameter;
    private final Operand<TFloat32> gradient;

    OneParameter(Ops gated, Variable parameter, Operand<TFloat32> gradient) {
      this.gated = gated;
      this.parameter = parameter;
      this.gradient = gradient;
    }

    @Override
    public Ops tf() {
      return gated;
    }

    @Override
    public Operand<? extends TType> parameter() {
      return parameter.handle();
    }

    @Override
    public Operand<TFloat32> gradient() {
      return gradient;
    }

    @Override
    public Operand<TFloat32> learningRate() {
      return learningRate;
    }

    @Override
    public Operand<? extends TType> slot(String name) {
      String slot = "optimizer/" + name + "/" + parameter.path();
      return computation.variable(slot, parameter.shape(), Initializer.zeros()).handle();
    }

    @Override
    public Operand<TFloat32> scalar(String name, LongToDoubleFunction ofStep) {
      return scalars.get(name, ofStep);
    }
  }
}
