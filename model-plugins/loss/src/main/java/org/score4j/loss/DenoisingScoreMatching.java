package org.score4j.loss;

import java.util.stream.IntStream;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.PluginName;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Denoising score matching over a continuum of noise levels (Vincent 2011; Song et al. 2021, eq. 7)
 * with the weight lambda(t) = sigma(t)^2: for x = alpha x_0 + sigma z and t uniform,
 *
 * <pre>  sigma^2 |s(x, t) + z / sigma|^2 = |sigma s(x, t) + z|^2,</pre>
 *
 * the squared error of the noise that the score stands for, so that nothing is divided by sigma.
 *
 * @param reduction how the squared errors of an example's dimensions become one number
 */
@PluginName("denoising-score-matching")
public record DenoisingScoreMatching(Reduction reduction) implements Loss {

  /** The mean over dimensions. */
  public DenoisingScoreMatching() {
    this(Reduction.MEAN);
  }

  @Override
  public Operand<TFloat32> perExample(LossGraph graph) {
    var tf = graph.tf();
    var data = graph.data();
    var level = graph.level();
    var noise = graph.noise();
    var noised =
        tf.math.add(
            tf.math.mul(LevelTensors.align(tf, level.alpha(), data), data),
            tf.math.mul(LevelTensors.align(tf, level.sigma(), data), noise));
    var errors = tf.math.squaredDifference(graph.field().noise(noised, level), noise);
    var dimensions = tf.constant(IntStream.range(1, data.shape().numDimensions()).toArray());
    return switch (reduction) {
      case MEAN -> tf.math.mean(errors, dimensions);
      case SUM -> tf.math.mul(tf.reduceSum(errors, dimensions), tf.constant(0.5f));
    };
  }
}
