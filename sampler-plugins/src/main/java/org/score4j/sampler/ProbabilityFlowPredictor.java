package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Predictor;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Transition;

/**
 * One step of the probability-flow ODE {@code dx/dt = f x - g^2 score / 2} (Song et al. 2021, eq.
 * 13) in the form of reverse diffusion (eq. 46 without noise and with half the score):
 *
 * <pre>
 *   x = (2 - alpha_ts) x + sigma_ts^2 score(x, t) / 2
 * </pre>
 *
 * <p>with the exact transition from s to t, which is defined for every SDE. One evaluation of the
 * score; order 1 in the step, and no random numbers.
 */
@PluginName("probability-flow")
public record ProbabilityFlowPredictor() implements Predictor {

  @Override
  public Step build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var expand = graph.scalar("expand");
    var drift = graph.scalar("drift");

    var score = graph.at(x, level).score();
    var next = x.times(expand).plus(score.times(drift));
    var step = graph.kernel("probability-flow", x.set(next));

    Sde sde = graph.sde();
    return (t, s, last) -> {
      Transition forward = sde.transition(s, t);
      step.run(level.at(t), expand.is(2 - forward.alpha()), drift.is(forward.variance() / 2));
    };
  }
}
