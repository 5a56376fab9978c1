package org.score4j.sampler;

import org.score4j.api.Corrector;
import org.score4j.api.PluginName;
import org.score4j.api.SamplerGraph;

/** Leaves the state as it is: what remains of predictor-corrector is the predictor. */
@PluginName("none")
public record NoCorrector() implements Corrector {

  @Override
  public Step build(SamplerGraph graph) {
    return (t, s) -> {};
  }
}
