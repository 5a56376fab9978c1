package org.score4j.optimizer;

import java.util.List;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): before each step of
 * {@link Adam}
 *
 * <pre>  parameter -= learningRate weightDecay parameter.</pre>
 *
 * <p>The learning rate is that of the step, so warm-up and schedule scale the decay with it. Every
 * parameter decays, biases and scales too, as in PyTorch, whose defaults these are.
 *
 * @param learningRate after warm-up, above 0
 * @param weightDecay share of a parameter that a step at learning rate 1 takes away, 0 or above
 * @param beta1 decay of the gradient's mean, from 0 to below 1
 * @param beta2 decay of the squared gradient's mean, from 0 to below 1
 * @param epsilon keeps the quotient finite, above 0
 */
@PluginName("adamw")
public record AdamW(
    double learningRate, double weightDecay, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /** Checks the components. */
  public AdamW {
    new AdamMoments(beta1, beta2, epsilon)
        .check(
            Validation.begin()
                .positive("learningRate", learningRate)
                .notNegative("weightDecay", weightDecay))
        .end();
  }

  /** Learning rate 1e-3, weight decay 0.01, beta1 0.9, beta2 0.999, epsilon 1e-8. */
  public AdamW() {
    this(1e-3, 1e-2, 0.9, 0.999, 1e-8);
  }

  @Override
  public Op update(OptimizerGraph graph) {
    var tf = graph.tf();
    var share = tf.math.mul(graph.learningRate(), tf.constant((float) weightDecay));
    var lost = tf.math.mul(share, tf.readVariableOp(graph.parameter(), TFloat32.class));
    Op decayed = tf.assignSubVariableOp(graph.parameter(), lost);
    return new AdamMoments(beta1, beta2, epsilon)
        .update(tf.withControlDependencies(List.of(decayed)), graph);
  }
}
