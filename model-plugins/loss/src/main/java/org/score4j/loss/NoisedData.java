package org.score4j.loss;

import org.score4j.api.LevelTensors;
import org.score4j.api.LossGraph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A draw from the forward process: x = alpha x_0 + sigma z.
 *
 * @param x noised data [B, ...]
 * @param noise z, of the same shape
 */
record NoisedData(Operand<TFloat32> x, Operand<TFloat32> noise) {

  /** Noises the batch, each example to its own level. */
  static NoisedData draw(LossGraph graph) {
    var tf = graph.tf();
    var data = graph.data();
    var level = graph.level();
    var noise = graph.noise();
    var x =
        tf.math.add(
            tf.math.mul(LevelTensors.align(tf, level.alpha(), data), data),
            tf.math.mul(LevelTensors.align(tf, level.sigma(), data), noise));
    return new NoisedData(x, noise);
  }
}
