package org.score4j.loss;

import org.score4j.api.LevelTensors;
import org.score4j.api.LossGraph;
import org.score4j.api.Term;

/**
 * A draw from the forward process: x = alpha x_0 + sigma z.
 *
 * @param x noised data [B, ...]
 * @param noise z, of the same shape
 */
record NoisedData(Term x, Term noise) {

  /** Noises the batch, each example to its own level. */
  static NoisedData draw(LossGraph graph) {
    var tf = graph.tf();
    var data = graph.data();
    var level = graph.level();
    var noise = graph.noise();
    var alpha = LevelTensors.align(tf, level.alpha(), data);
    var sigma = LevelTensors.align(tf, level.sigma(), data);
    return new NoisedData(alpha.times(data).plus(sigma.times(noise)), noise);
  }
}
