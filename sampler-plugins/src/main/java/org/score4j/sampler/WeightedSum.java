package org.score4j.sampler;

import java.util.ArrayList;
import java.util.List;
import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Term;

/**
 * {@code w_0 v_0 + w_1 v_1 + ...}: a step of a linear multistep method, whose number of terms
 * depends on its order. The tensors are in the graph, the weights come from the host at each run.
 *
 * @param value the sum
 * @param weights where the weights enter, one a term
 */
record WeightedSum(Term value, List<Coefficient> weights) {

  /** The sum of terms, at least one. */
  static WeightedSum of(SamplerGraph graph, List<Term> terms) {
    var weights = terms.stream().map(term -> graph.scalar("weight")).toList();
    Term sum = terms.get(0).times(weights.get(0));
    for (int i = 1; i < weights.size(); i++) {
      sum = sum.plus(terms.get(i).times(weights.get(i)));
    }
    return new WeightedSum(sum, weights);
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
