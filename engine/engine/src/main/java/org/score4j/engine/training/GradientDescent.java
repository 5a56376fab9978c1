package org.score4j.engine.training;

import java.util.ArrayList;
import java.util.List;
import org.score4j.api.Optimizer;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.GraphScope;
import org.score4j.engine.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/**
 * From a mean loss to changed parameters: gradients, their mean over several batches, clipping by
 * their global norm, and the update, which does not happen if loss or norm is not finite.
 */
final class GradientDescent {
  private final TrainingSettings settings;
  private final List<Variable> parameters;
  private final ScheduledScalars scalars;
  private final List<Variable> sums = new ArrayList<>();
  private final List<Operand<TFloat32>> gradients;
  private final Operand<TFloat32> norm;
  private final Op collect;
  private final Op forget;
  private final Op update;

  GradientDescent(
      Computation computation,
      Optimizer optimizer,
      TrainingSettings settings,
      List<Variable> parameters,
      Operand<TFloat32> meanLoss) {
    this.settings = settings;
    this.parameters = parameters;
    Ops tf = computation.tf();
    List<Operand<TFloat32>> ofBatch = shares(tf, meanLoss);
    if (settings.accumulate() > 1) {
      parameters.forEach(p -> sums.add(computation.scratch("accumulated/" + p.path(), p.shape())));
    }
    gradients = withEarlier(tf, ofBatch);
    List<Operand<TFloat32>> halfSquares = new ArrayList<>();
    gradients.forEach(g -> halfSquares.add(tf.nn.l2Loss(g)));
    norm =
        tf.withName("gradientNorm")
            .math
            .sqrt(tf.math.mul(tf.math.addN(halfSquares), tf.constant(2f)));
    collect = collecting(tf, ofBatch, meanLoss);
    forget = forgetting(tf);
    scalars = new ScheduledScalars(GraphScope.inside(tf, "schedule"));
    var rule =
        new ParameterUpdate(computation, optimizer, settings.rate(), settings.averages(), scalars);
    update = updating(tf, rule, clipped(tf), meanLoss);
  }

  /** The batch's part of the mean gradient. */
  private List<Operand<TFloat32>> shares(Ops tf, Operand<TFloat32> meanLoss) {
    Gradients all =
        tf.gradients(List.of(meanLoss), parameters.stream().map(Variable::value).toList());
    List<Operand<TFloat32>> shares = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Operand<TFloat32> gradient = all.dy(i);
      shares.add(
          settings.accumulate() == 1
              ? gradient
              : tf.math.mul(gradient, tf.constant(1f / settings.accumulate())));
    }
    return shares;
  }

  private List<Operand<TFloat32>> withEarlier(Ops tf, List<Operand<TFloat32>> ofBatch) {
    List<Operand<TFloat32>> all = new ArrayList<>(ofBatch);
    for (int i = 0; i < sums.size(); i++) {
      all.set(i, tf.math.add(sums.get(i).value(), ofBatch.get(i)));
    }
    return all;
  }

  private Op collecting(Ops tf, List<Operand<TFloat32>> ofBatch, Operand<TFloat32> meanLoss) {
    List<Op> known = new ArrayList<>(ofBatch);
    known.add(meanLoss);
    Ops gated = tf.withControlDependencies(known);
    List<Op> added = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      added.add(gated.assignAddVariableOp(sums.get(i).handle(), ofBatch.get(i)));
    }
    return tf.withControlDependencies(added).withName("collect").noOp();
  }

  private Op forgetting(Ops tf) {
    List<Op> cleared = new ArrayList<>();
    for (Variable sum : sums) {
      var zeros = tf.fill(tf.constant(sum.shape().asArray()), tf.constant(0f));
      cleared.add(tf.assignVariableOp(sum.handle(), zeros));
    }
    return tf.withControlDependencies(cleared).withName("forget").noOp();
  }

  private List<Operand<TFloat32>> clipped(Ops tf) {
    if (settings.gradientClip() == 0) {
      return gradients;
    }
    Operand<TFloat32> limit = tf.constant((float) settings.gradientClip());
    Operand<TFloat32> factor = tf.math.div(limit, tf.math.maximum(norm, limit));
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    gradients.forEach(g -> clipped.add(tf.math.mul(g, factor)));
    return clipped;
  }

  /**
   * The update, gated by a switch: where the norm does not come through, nothing behind it runs.
   * The norm stands for all gradients, as it is made of them.
   */
  private Op updating(
      Ops tf, ParameterUpdate rule, List<Operand<TFloat32>> clipped, Operand<TFloat32> meanLoss) {
    var finite = tf.math.logicalAnd(tf.math.isFinite(norm), tf.math.isFinite(meanLoss));
    Op open = tf.withName("finite").identity(tf.switchCond(norm, finite).outputTrue());
    Ops gated = tf.withControlDependencies(List.of(open));
    List<Op> done = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      done.addAll(rule.of(gated, parameters.get(i), clipped.get(i)));
    }
    return tf.withControlDependencies(done).withName("update").noOp();
  }

  /** Norm of the mean gradient of all parameters together, before clipping. */
  Operand<TFloat32> norm() {
    return norm;
  }

  /** The mean gradient of each parameter, before clipping. */
  List<Operand<TFloat32>> gradients() {
    return gradients;
  }

  /** Adds a batch's gradients to those of earlier batches. */
  Op collect() {
    return collect;
  }

  /** Drops the gradients of earlier batches. */
  Op forget() {
    return forget;
  }

  /** Whether there can be gradients of earlier batches. */
  boolean collects() {
    return !sums.isEmpty();
  }

  /** Changes the parameters and their averages. */
  Op update() {
    return update;
  }

  /** Feeds what depends on the update's number; the tensors are the caller's to close. */
  void feed(Session.Runner runner, List<Tensor> fed, long step) {
    scalars.feed(runner, fed, step);
  }
}
