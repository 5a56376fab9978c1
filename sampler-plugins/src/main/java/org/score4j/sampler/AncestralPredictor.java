package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Predictor;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Transition;

/**
 * Ancestral sampling (Ho et al. 2020, algorithm 2; Song et al. 2021, eq. 4 and eq. 47) with any
 * forward process: a draw from the exact posterior {@code p(x_s | x_t, x_0)} at {@code x_0 = E[x_0
 * | x_t]},
 *
 * <pre>
 *   mean = alpha_ts (sigma_s / sigma_t)^2 x + alpha_s (sigma_ts / sigma_t)^2 denoised(x, t)
 *        = (x + sigma_ts^2 score(x, t)) / alpha_ts
 *   x = mean + (sigma_s sigma_ts / sigma_t) z,   z ~ N(0, I).
 * </pre>
 *
 * <p>For a variance-preserving SDE, with {@code b = 1 - alpha_ts^2}, the mean is {@code (x + b
 * score) / sqrt(1 - b)}; for a variance-exploding one it is {@code x + (sigma_t^2 - sigma_s^2)
 * score}. The variance {@link Variance#TRANSITION} is {@code sigma_ts^2} instead, the b of Ho et
 * al. and of the code of Song et al. for variance-preserving SDEs.
 *
 * @param variance of the noise
 */
@PluginName("ancestral")
public record AncestralPredictor(Variance variance) implements Predictor {

  /** The two extremes of Ho et al. 2020, section 3.2, and what the model has learned. */
  public enum Variance {
    /** {@code (sigma_s sigma_ts / sigma_t)^2}: right if the data are one point. */
    POSTERIOR,

    /** {@code sigma_ts^2}: right for variance-preserving SDEs if the data are N(0, I). */
    TRANSITION,

    /** Between the two, where the model says (Nichol and Dhariwal 2021, eq. 15). */
    LEARNED
  }

  /** The variance of the posterior. */
  public AncestralPredictor() {
    this(Variance.POSTERIOR);
  }

  @Override
  public Step build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var expand = graph.scalar("expand");
    var drift = graph.scalar("drift");
    var spread = graph.scalar("spread");

    var here = graph.at(x, level);
    var score = here.score();
    var mean = x.times(expand).plus(score.times(drift));
    var noise = AncestralNoise.of(graph, variance, here);
    var step = graph.kernel("ancestral", x.set(mean.plus(noise.value().times(spread))));

    Sde sde = graph.sde();
    return (t, s, last) -> {
      Transition forward = sde.transition(s, t);
      double deviation =
          switch (variance) {
            case POSTERIOR -> sde.sigma(s) * forward.sigma() / sde.sigma(t);
            case TRANSITION, LEARNED -> forward.sigma();
          };
      step.run(
          noise.between(
              sde.sigma(t),
              sde.sigma(s),
              level.at(t),
              expand.is(1 / forward.alpha()),
              drift.is(forward.variance() / forward.alpha()),
              spread.is(last ? 0 : deviation)));
    };
  }
}
