package org.score4j.loss;

import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.PluginName;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Cross entropy of a classifier on noised data (Song et al. 2021, appendix I.1): for x = alpha x_0
 * + sigma z and t uniform,
 *
 * <pre>  -log p(class | x, t).</pre>
 *
 * <p>Its minimiser is the distribution of the class given x_t, whose gradient is that of {@code
 * classifier-guidance}. For recipes with a {@code classifier} instead of a model.
 */
@PluginName("cross-entropy")
public record CrossEntropy() implements Loss {

  @Override
  public Operand<TFloat32> perExample(LossGraph graph) {
    var tf = graph.tf();
    var x = NoisedData.draw(graph).x();
    var logs = Term.of(tf, tf.nn.logSoftmax(graph.classifier().apply(x, graph.level())));
    var classes = tf.constant(graph.condition().classes());
    var chosen =
        tf.oneHot(
            graph.condition().labels().orElseThrow(), classes, tf.constant(1f), tf.constant(0f));
    return Term.of(tf, tf.reduceSum(logs.times(chosen), tf.constant(1))).negated();
  }
}
