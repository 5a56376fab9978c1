package org.score4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.score4j.api.Initializer;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * From a mean loss to changed parameters: gradients, clipping by their global norm, the optimiser's
 * rule, and the moving average
 *
 * <pre>  ema += (1 - d_n) (parameter - ema),    d_n = min(d, (1 + n) / (10 + n)).</pre>
 */
final class GradientDescent {
  private final Computation computation;
  private final Optimizer optimizer;
  private final TrainingSettings settings;
  private final ScheduledScalars scalars;
  private final Operand<TFloat32> learningRate;
  private final Operand<TFloat32> gradientNorm;
  private final Op target;

  GradientDescent(
      Computation computation,
      Optimizer optimizer,
      TrainingSettings settings,
      List<Variable> parameters,
      Operand<TFloat32> meanLoss) {
    this.computation = computation;
    this.optimizer = optimizer;
    this.settings = settings;
    Ops tf = computation.tf();
    scalars = new ScheduledScalars(GraphScope.inside(tf, "schedule"));
    learningRate =
        scalars.get("learningRate", n -> optimizer.learningRate() * settings.warmupFactor(n));
    Gradients gradients =
        tf.gradients(List.of(meanLoss), parameters.stream().map(Variable::value).toList());
    List<Operand<TFloat32>> raw = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      raw.add(gradients.dy(i));
    }
    gradientNorm = tf.withName("gradientNorm").identity(globalNorm(tf, raw));
    target = update(tf, parameters, clipped(tf, raw), meanLoss);
  }

  private static Operand<TFloat32> globalNorm(Ops tf, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> halves = new ArrayList<>();
    gradients.forEach(g -> halves.add(tf.nn.l2Loss(g)));
    return tf.math.sqrt(tf.math.mul(tf.math.addN(halves), tf.constant(2f)));
  }

  private List<Operand<TFloat32>> clipped(Ops tf, List<Operand<TFloat32>> gradients) {
    if (settings.gradientClip() == 0) {
      return gradients;
    }
    Operand<TFloat32> limit = tf.constant((float) settings.gradientClip());
    Operand<TFloat32> factor = tf.math.div(limit, tf.math.maximum(gradientNorm, limit));
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    gradients.forEach(g -> clipped.add(tf.math.mul(g, factor)));
    return clipped;
  }

  /** Every gradient first, then each parameter, then its average. */
  private Op update(
      Ops tf,
      List<Variable> parameters,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> meanLoss) {
    List<Op> known = new ArrayList<>(gradients);
    known.add(meanLoss);
    known.add(gradientNorm);
    Ops gated = tf.withControlDependencies(known);
    Operand<TFloat32> gain = scalars.get("emaGain", n -> 1 - settings.emaDecay(n));
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Variable parameter = parameters.get(i);
      Op changed = optimizer.update(new OneParameter(gated, parameter, gradients.get(i)));
      Ops after = tf.withControlDependencies(List.of(changed));
      Operand<TFloat32> current = after.readVariableOp(parameter.handle(), TFloat32.class);
      Variable average = computation.copyOf(parameter, averageOf(parameter));
      updates.add(
          after.assignAddVariableOp(
              average.handle(), tf.math.mul(gain, tf.math.sub(current, average.value()))));
    }
    return tf.withControlDependencies(updates).withName("update").noOp();
  }

  /** The name of a parameter's average. */
  static String averageOf(Variable parameter) {
    return "ema/" + path(parameter);
  }

  private static String path(Variable parameter) {
    return parameter.name().substring(parameter.name().indexOf('/') + 1);
  }

  /** Norm of all gradients together, before clipping. */
  Operand<TFloat32> gradientNorm() {
    return gradientNorm;
  }

  /** What a run must have as its target. */
  Op target() {
    return target;
  }

  /** Feeds what depends on the step's number; the tensors are the caller's to close. */
  void feed(Session.Runner runner, List<Tensor> fed, long step) {
    scalars.feed(runner, fed, step);
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
      String slot = "optimizer/" + name + "/" + path(parameter);
      return computation.variable(slot, parameter.shape(), Initializer.zeros()).handle();
    }

    @Override
    public Operand<TFloat32> scalar(String name, LongToDoubleFunction ofStep) {
      return scalars.get(name, ofStep);
    }
  }
}
