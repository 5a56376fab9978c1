package org.score4j.sampler;

import java.util.ArrayList;
import java.util.List;
import org.score4j.api.Feed;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Scalar;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * {@code w_0 v_0 + w_1 v_1 + ...}: the form of a step of every linear solver. The tensors are in
 * the graph, the weights come from the host at each run.
 *
 * @param value the sum
 * @param weights where the weights enter, one a term
 */
record WeightedSum(Operand<TFloat32> value, List<Scalar> weights) {

  /** The sum of terms, at least one. */
  static WeightedSum of(SamplerGraph graph, List<Operand<TFloat32>> terms) {
    var tf = graph.tf();
    List<Scalar> weights = new ArrayList<>();
    List<Operand<TFloat32>> products = new ArrayList<>();
    for (Operand<TFloat32> term : terms) {
      Scalar weight = graph.scalar("weight");
      weights.add(weight);
      products.add(tf.math.mul(weight.value(), term));
    }
    return new WeightedSum(products.stream().reduce(tf.math::add).orElseThrow(), weights);
  }

  /** Weights for one run. */
  Feed[] weighted(double... values) {
    if (values.length != weights.size()) {
      throw new IllegalArgumentException(values.length + " weights for " + weights.size());
    }
    Feed[] feeds = new Feed[values.length];
    for (int i = 0; i < feeds.length; i++) {
      feeds[i] = weights.get(i).is(values[i]);
    }
    return feeds;
  }

  /** A noise level and weights for one run. */
  Feed[] weighted(Feed level, double... values) {
    List<Feed> feeds = new ArrayList<>(List.of(weighted(values)));
    feeds.add(level);
    return feeds.toArray(Feed[]::new);
  }
}
