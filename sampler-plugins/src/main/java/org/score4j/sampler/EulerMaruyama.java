package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Euler-Maruyama for the reverse-time SDE (Anderson 1982; Song et al. 2021, eq. 6), {@code dx = (f
 * x - g^2 score) dt + g dw}:
 *
 * <pre>
 *   x ~ prior
 *   for each step of the grid from t down to s, h = t - s:
 *     mean = x - h (f(t) x - g(t)^2 score(x, t))
 *     x = mean + sqrt(h) g(t) z,   z ~ N(0, I)
 *   return the last mean
 * </pre>
 *
 * <p>One evaluation of the score a step; weak order 1 in the step.
 *
 * @param steps number of steps, 1 or more
 * @param grid the times that bound the steps
 */
@PluginName("euler-maruyama")
public record EulerMaruyama(int steps, TimeGrid grid) implements Sampler {

  /** A thousand steps of equal length. */
  public EulerMaruyama() {
    this(1000, new UniformGrid());
  }

  /** Checks the components. */
  public EulerMaruyama {
    Validation.begin().atLeast("steps", steps, 1).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var tf = graph.tf();
    var x = graph.state();
    var level = graph.level("t");
    var shrink = graph.scalar("shrink");
    var drift = graph.scalar("drift");
    var spread = graph.scalar("spread");

    var score = graph.field().score(x.value(), level);
    var mean =
        tf.math.add(tf.math.mul(shrink.value(), x.value()), tf.math.mul(drift.value(), score));
    var next = tf.math.add(mean, tf.math.mul(spread.value(), graph.noise()));
    var step = graph.kernel("euler-maruyama", x.set(next));

    Sde sde = graph.sde();
    double[] times = grid.times(sde, steps);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double t = times[i];
        double h = t - times[i + 1];
        double g = sde.diffusion(t);
        boolean last = i == steps - 1;
        step.run(
            level.at(t),
            shrink.is(1 - h * sde.drift(t)),
            drift.is(h * g * g),
            spread.is(last ? 0 : Math.sqrt(h) * g));
        progress.step(i + 1, steps);
      }
    };
  }
}
