package org.score4j.optimizer;

import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.op.Op;
import org.tensorflow.op.train.ResourceApplyMomentum;

/**
 * Stochastic gradient descent with momentum (Polyak 1964; Nesterov's form as in Sutskever et al.
 * 2013): for the gradient g
 *
 * <pre>
 *   v = momentum v + g,
 *   parameter -= learningRate v,                     or, with Nesterov's momentum,
 *   parameter -= learningRate (g + momentum v).
 * </pre>
 *
 * <p>The learning rate stands outside v, as in PyTorch, so a change of it acts at once.
 *
 * @param learningRate after warm-up, above 0
 * @param momentum from 0, which keeps no memory, to below 1
 * @param nesterov whether the step looks ahead along v; needs momentum above 0
 */
@PluginName("sgd")
public record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {

  /** Checks the components. */
  public Sgd {
    Validation.begin()
        .positive("learningRate", learningRate)
        .rule(momentum >= 0 && (float) momentum < 1, "momentum", momentum, "must lie in [0, 1)")
        .rule(!nesterov || momentum > 0, "nesterov", nesterov, "must be false if momentum is 0")
        .end();
  }

  /** Learning rate 0.01, momentum 0.9, not Nesterov's. */
  public Sgd() {
    this(1e-2, 0.9, false);
  }

  @Override
  public Op update(OptimizerGraph graph) {
    var tf = graph.tf();
    if (momentum == 0) {
      return tf.train.resourceApplyGradientDescent(
          graph.parameter(), graph.learningRate(), graph.gradient());
    }
    return tf.train.resourceApplyMomentum(
        graph.parameter(),
        graph.slot("velocity"),
        graph.learningRate(),
        graph.gradient(),
        tf.constant((float) momentum),
        ResourceApplyMomentum.useNesterov(nesterov));
  }
}
