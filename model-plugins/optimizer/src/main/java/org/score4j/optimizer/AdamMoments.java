package org.score4j.optimizer;

import org.score4j.api.OptimizerGraph;
import org.score4j.api.Validation;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * The step that {@link Adam} and {@link AdamW} share: for the gradient g of update n,
 *
 * <pre>
 *   m = beta1 m + (1 - beta1) g,    v = beta2 v + (1 - beta2) g^2,
 *   parameter -= learningRate (m / (1 - beta1^n)) / (sqrt(v / (1 - beta2^n)) + epsilon).
 * </pre>
 */
record AdamMoments(double beta1, double beta2, double epsilon) {

  /** Adds the rules of the three numbers to those of an optimiser. */
  Validation check(Validation validation) {
    return validation
        .rule(beta1 >= 0 && (float) beta1 < 1, "beta1", beta1, "must lie in [0, 1)")
        .rule(beta2 >= 0 && (float) beta2 < 1, "beta2", beta2, "must lie in [0, 1)")
        .positive("epsilon", epsilon);
  }

  /**
   * Adds the step.
   *
   * @param tf operations that run when the parameter may change
   */
  Op update(Ops tf, OptimizerGraph graph) {
    // TensorFlow's kernel subtracts lr m / (sqrt(v) + e). With lr and e multiplied as below that is
    // the formula above; its own corrections, 1 - beta^n in float32, would cancel: they get beta^n
    // = 0. The betas are as float32 rounds them, for so the kernel averages.
    double first = (float) beta1;
    double second = (float) beta2;
    var correction =
        graph.scalar(
            "adam-correction", n -> Math.sqrt(1 - Math.pow(second, n)) / (1 - Math.pow(first, n)));
    var shift = graph.scalar("adam-epsilon", n -> epsilon * Math.sqrt(1 - Math.pow(second, n)));
    var none = tf.constant(0f);
    return tf.train.resourceApplyAdam(
        graph.parameter(),
        graph.slot("m"),
        graph.slot("v"),
        none,
        none,
        tf.math.mul(graph.learningRate(), correction),
        tf.constant((float) beta1),
        tf.constant((float) beta2),
        shift,
        graph.gradient());
  }
}
