package org.score4j.loss;

import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.PluginName;
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
    var data = graph.data();
    var level = graph.level();
    var noised =
        tf.math.add(
            tf.math.mul(LevelTensors.align(tf, level.alpha(), data), data),
            tf.math.mul(LevelTensors.align(tf, level.sigma(), data), graph.noise()));
    var logs = tf.nn.logSoftmax(graph.classifier().apply(noised, level));
    var classes = tf.constant(graph.condition().classes());
    var chosen =
        tf.oneHot(
            graph.condition().labels().orElseThrow(), classes, tf.constant(1f), tf.constant(0f));
    return tf.math.neg(tf.reduceSum(tf.math.mul(logs, chosen), tf.constant(1)));
  }
}
