package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Predictor;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;

/**
 * One Euler-Maruyama step of the reverse-time SDE (Anderson 1982; Song et al. 2021, eq. 6), {@code
 * dx = (f x - g^2 score) dt + g dw}, from t down to s, h = t - s:
 *
 * <pre>
 *   mean = x - h (f(t) x - g(t)^2 score(x, t))
 *   x = mean + sqrt(h) g(t) z,   z ~ N(0, I)
 * </pre>
 *
 * <p>One evaluation of the score; weak order 1 in the step.
 */
@PluginName("euler-maruyama")
public record EulerMaruyamaPredictor() implements Predictor {

  @Override
  public Step build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var shrink = graph.scalar("shrink");
    var drift = graph.scalar("drift");
    var spread = graph.scalar("spread");

    var score = graph.at(x, level).score();
    var mean = x.times(shrink).plus(score.times(drift));
    var step = graph.kernel("euler-maruyama", x.set(mean.plus(graph.noise().times(spread))));

    Sde sde = graph.sde();
    return (t, s, last) -> {
      double h = t - s;
      double g = sde.diffusion(t);
      step.run(
          level.at(t),
          shrink.is(1 - h * sde.drift(t)),
          drift.is(h * g * g),
          spread.is(last ? 0 : Math.sqrt(h) * g));
    };
  }
}
