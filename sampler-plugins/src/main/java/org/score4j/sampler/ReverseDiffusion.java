package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Predictor;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Transition;

/**
 * Reverse diffusion sampling (Song et al. 2021, eq. 46): a forward step {@code x_t = x_s + F x_s +
 * G z} is reversed in the same form,
 *
 * <pre>
 *   mean = x - F x + G^2 score(x, t)
 *   x = mean + G z,   z ~ N(0, I).
 * </pre>
 *
 * <p>The forward step is here the exact transition from s to t, so {@code F = alpha_ts - 1} and
 * {@code G = sigma_ts}, which is defined for every SDE:
 *
 * <pre>
 *   mean = (2 - alpha_ts) x + sigma_ts^2 score(x, t).
 * </pre>
 *
 * <p>For a variance-exploding SDE this is {@code x + (sigma_t^2 - sigma_s^2) score} (algorithm 2);
 * for a variance-preserving one, with {@code b = sigma_ts^2 = 1 - alpha_ts^2}, it is {@code (2 -
 * sqrt(1 - b)) x + b score} (algorithm 3), {@code b} being exact instead of {@code h beta(t)}.
 */
@PluginName("reverse-diffusion")
public record ReverseDiffusion() implements Predictor {

  @Override
  public Step build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var expand = graph.scalar("expand");
    var variance = graph.scalar("variance");
    var spread = graph.scalar("spread");

    var score = graph.at(x, level).score();
    var mean = x.times(expand).plus(score.times(variance));
    var step = graph.kernel("reverse-diffusion", x.set(mean.plus(graph.noise().times(spread))));

    Sde sde = graph.sde();
    return (t, s, last) -> {
      Transition forward = sde.transition(s, t);
      step.run(
          level.at(t),
          expand.is(2 - forward.alpha()),
          variance.is(forward.variance()),
          spread.is(last ? 0 : forward.sigma()));
    };
  }
}
