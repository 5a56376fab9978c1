package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Euler's method for the probability-flow ODE in {@code r = sigma / alpha} (Karras et al. 2022,
 * algorithm 1 without the correction), {@code d(x/alpha) / dr = (x - alpha D(x, t)) / sigma}, with
 * {@code D} the denoised state:
 *
 * <pre>
 *   x ~ prior
 *   for each step from t down to s:
 *     d = (x - alpha_t D(x, t)) / sigma_t
 *     x = alpha_s (x / alpha_t + (r_s - r_t) d)
 *       = sigma_s / sigma_t x - alpha_s (e^-h - 1) D(x, t),   h = ln(r_t / r_s)
 * </pre>
 *
 * <p>This is also DDIM without noise, and DPM-Solver and DPM-Solver++ of order 1. One evaluation a
 * step; order 1.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 */
@PluginName("euler")
public record Euler(int steps, TimeGrid grid, boolean denoise) implements Sampler {

  /** Fifty steps, the last of which denoises. */
  public Euler() {
    this(50, new KarrasGrid(), true);
  }

  /** Checks the components. */
  public Euler {
    Validation.begin().count("steps", steps, 1).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var scale = graph.scalar("scale");
    var gain = graph.scalar("gain");

    var denoised = graph.at(x, level).denoised();
    var step = graph.kernel("euler", x.set(x.times(scale).plus(denoised.times(gain))));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        step.run(
            level.at(path.t(i)),
            scale.is(path.sigma(i + 1) / path.sigma(i)),
            gain.is(-path.alpha(i + 1) * Math.expm1(-path.h(i))));
        progress.step(i + 1, steps);
      }
    };
  }
}
