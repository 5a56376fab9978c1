package org.score4j.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * RMSprop (Tieleman and Hinton 2012, lecture 6.5): for the gradient g
 *
 * <pre>
 *   v = decay v + (1 - decay) g^2,
 *   u = momentum u + g / (sqrt(v) + epsilon),
 *   parameter -= learningRate u.
 * </pre>
 *
 * <p>Form and defaults are PyTorch's: epsilon outside the root, v from 0 and not corrected.
 *
 * @param learningRate after warm-up, above 0
 * @param decay of the squared gradient's mean, from 0 to below 1
 * @param epsilon keeps the quotient finite, above 0
 * @param momentum from 0, which keeps no u, to below 1
 */
@PluginName("rmsprop")
public record RmsProp(double learningRate, double decay, double epsilon, double momentum)
    implements Optimizer {

  /** Checks the components. */
  public RmsProp {
    Validation.begin()
        .positive("learningRate", learningRate)
        .rule(decay >= 0 && (float) decay < 1, "decay", decay, "must lie in [0, 1)")
        .positive("epsilon", epsilon)
        .rule(momentum >= 0 && (float) momentum < 1, "momentum", momentum, "must lie in [0, 1)")
        .end();
  }

  /** Learning rate 0.01, decay 0.99, epsilon 1e-8, no momentum. */
  public RmsProp() {
    this(1e-2, 0.99, 1e-8, 0);
  }

  @Override
  public Op update(OptimizerGraph graph) {
    var tf = graph.tf();
    List<Op> remembered = new ArrayList<>();
    var square = graph.slot("square");
    Operand<TFloat32> mean =
        tf.math.add(
            tf.math.mul(tf.constant((float) decay), tf.readVariableOp(square, TFloat32.class)),
            tf.math.mul(tf.constant((float) (1 - decay)), tf.math.square(graph.gradient())));
    remembered.add(tf.assignVariableOp(square, mean));
    Operand<TFloat32> step =
        tf.math.div(
            graph.gradient(), tf.math.add(tf.math.sqrt(mean), tf.constant((float) epsilon)));
    if (momentum > 0) {
      var velocity = graph.slot("velocity");
      step =
          tf.math.add(
              tf.math.mul(
                  tf.constant((float) momentum), tf.readVariableOp(velocity, TFloat32.class)),
              step);
      remembered.add(tf.assignVariableOp(velocity, step));
    }
    return tf.withControlDependencies(remembered)
        .assignSubVariableOp(graph.parameter(), tf.math.mul(graph.learningRate(), step));
  }
}
