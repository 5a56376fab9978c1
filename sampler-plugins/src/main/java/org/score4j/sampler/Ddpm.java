package org.score4j.sampler;

import java.util.Optional;
import org.score4j.api.Clip;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;
import org.score4j.sampler.AncestralPredictor.Variance;

/**
 * Ancestral sampling (Ho et al. 2020, algorithm 2): the posterior of the exact transition, given
 * the denoised state {@code D} for the data,
 *
 * <pre>
 *   x ~ prior
 *   for each step from t down to s:
 *     mean = (alpha_ts sigma_s^2 x + alpha_s sigma_ts^2 D(x, t)) / sigma_t^2     (7)
 *     x = mean + deviation z,   z ~ N(0, I)
 *     posterior: deviation = sigma_ts sigma_s / sigma_t      transition: deviation = sigma_ts
 *     learned: between the two, where the model says (Nichol and Dhariwal 2021, eq. 15)
 * </pre>
 *
 * <p>In the discrete process {@code sigma_ts^2} is the paper's {@code beta}, and the variance of
 * the posterior its {@code beta-tilde}: right for standard normal data and for data at one point
 * (section 3.2). Other data lie between. The step that denoises adds no noise. One evaluation a
 * step; a thousand steps of the {@code ddpm} process are the paper's.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param variance {@code posterior}, {@code transition}, or {@code learned} if the model has
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 * @param clip range that D is clipped to, as the published code does for images: {@code {"low": -1,
 *     "high": 1}}, or dynamic thresholding with {@code maxThreshold} above 1; none if absent
 */
@PluginName("ddpm")
public record Ddpm(
    int steps, Variance variance, TimeGrid grid, boolean denoise, Optional<Clip> clip)
    implements Sampler {

  /** A thousand steps with the variance of the transition, the last of which denoises. */
  public Ddpm() {
    this(1000, Variance.TRANSITION, new UniformGrid(), true);
  }

  /** Without a clip. */
  public Ddpm(int steps, Variance variance, TimeGrid grid, boolean denoise) {
    this(steps, variance, grid, denoise, Optional.empty());
  }

  /** Checks the components. */
  public Ddpm {
    Validation.begin().count("steps", steps, 1).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var here = graph.at(x, level);
    var predicted = here.denoised();
    var denoised = clip.map(c -> c.apply(graph.tf(), predicted)).orElse(predicted);
    var scale = graph.scalar("scale");
    var gain = graph.scalar("gain");
    var spread = graph.scalar("spread");

    var noise = AncestralNoise.of(graph, variance, here);
    var mean = x.times(scale).plus(denoised.times(gain));
    var step = graph.kernel("ddpm", x.set(mean.plus(noise.value().times(spread))));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double h = path.h(i);
        // sigma_ts^2 / sigma_t^2
        double added = -Math.expm1(-2 * h);
        double sigma = variance == Variance.POSTERIOR ? path.sigma(i + 1) : path.sigma(i);
        step.run(
            noise.between(
                path.sigma(i),
                path.sigma(i + 1),
                level.at(path.t(i)),
                scale.is(path.sigma(i + 1) / path.sigma(i) * Math.exp(-h)),
                gain.is(path.alpha(i + 1) * added),
                spread.is(path.denoises(i) ? 0 : sigma * Math.sqrt(added))));
        progress.step(i + 1, steps);
      }
    };
  }
}
