package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Predictor;
import org.score4j.api.SamplerGraph;

/** Leaves the state as it is: what remains of predictor-corrector is annealed Langevin dynamics. */
@PluginName("none")
public record NoPredictor() implements Predictor {

  @Override
  public Step build(SamplerGraph graph) {
    return (t, s, last) -> {};
  }
}
