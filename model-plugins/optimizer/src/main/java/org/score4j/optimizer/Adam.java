package org.score4j.optimizer;

import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.op.Op;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): for the gradient g of step n,
 *
 * <pre>
 *   m = beta1 m + (1 - beta1) g,    v = beta2 v + (1 - beta2) g^2,
 *   parameter -= learningRate (m / (1 - beta1^n)) / (sqrt(v / (1 - beta2^n)) + epsilon).
 * </pre>
 *
 * <p>The defaults are those of score_sde (Song et al. 2021).
 *
 * @param learningRate after warm-up, above 0
 * @param beta1 decay of the gradient's mean, from 0 to below 1
 * @param beta2 decay of the squared gradient's mean, from 0 to below 1
 * @param epsilon keeps the quotient finite, above 0
 */
@PluginName("adam")
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /** Checks the components. */
  public Adam {
    new AdamMoments(beta1, beta2, epsilon)
        .check(Validation.begin().positive("learningRate", learningRate))
        .end();
  }

  /** Learning rate 2e-4, beta1 0.9, beta2 0.999, epsilon 1e-8. */
  public Adam() {
    this(2e-4, 0.9, 0.999, 1e-8);
  }

  @Override
  public Op update(OptimizerGraph graph) {
    return new AdamMoments(beta1, beta2, epsilon).update(graph.tf(), graph);
  }
}
