package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Euler's method below the level to be reached, and noise up to it (Crowson 2022, k-diffusion,
 * {@code sample_euler_ancestral}), in {@code r = sigma / alpha}, with {@code D} the denoised state:
 *
 * <pre>
 *   x ~ prior
 *   for each step from t down to s:
 *     up = min(r_s, eta sqrt(r_s^2 (r_t^2 - r_s^2) / r_t^2)),   down = sqrt(r_s^2 - up^2)
 *     d = (x - alpha_t D(x, t)) / sigma_t
 *     x = alpha_s (x / alpha_t + (down - r_t) d + sNoise up z),   z ~ N(0, I)
 * </pre>
 *
 * <p>With {@code sNoise = 1} and {@code eta} up to 1 this is DDIM with the same {@code eta}. One
 * evaluation a step; order 1.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param eta amount of noise, 0 or above
 * @param sNoise standard deviation of {@code z}, above 0
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 */
@PluginName("euler-ancestral")
public record EulerAncestral(int steps, double eta, double sNoise, TimeGrid grid, boolean denoise)
    implements Sampler {

  /** Fifty steps with the noise of ancestral sampling, the last of which denoises. */
  public EulerAncestral() {
    this(50, 1, 1, new KarrasGrid(), true);
  }

  /** Checks the components. */
  public EulerAncestral {
    Validation.begin()
        .count("steps", steps, 1)
        .notNegative("eta", eta)
        .positive("sNoise", sNoise)
        .end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var scale = graph.scalar("scale");
    var gain = graph.scalar("gain");
    var spread = graph.scalar("spread");

    var denoised = graph.at(x, level).denoised();
    var mean = x.times(scale).plus(denoised.times(gain));
    var next = mean.plus(graph.noise().times(spread));
    var step = graph.kernel("euler-ancestral", x.set(next));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double from = path.r(i);
        double to = path.r(i + 1);
        double up = Math.min(to, eta * to * Math.sqrt(-Math.expm1(-2 * path.h(i))));
        double down = Math.sqrt((to - up) * (to + up));
        double alpha = path.alpha(i + 1);
        step.run(
            level.at(path.t(i)),
            scale.is(alpha / path.alpha(i) * down / from),
            gain.is(alpha * (1 - down / from)),
            spread.is(alpha * sNoise * up));
        progress.step(i + 1, steps);
      }
    };
  }
}
