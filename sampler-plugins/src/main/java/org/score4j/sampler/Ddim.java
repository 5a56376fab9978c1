package org.score4j.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Clip;
import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Denoising diffusion implicit models (Song, Meng and Ermon 2021, eq. 12 and 16), with {@code D}
 * the denoised state and {@code e} the noise, {@code x = alpha_t D + sigma_t e}:
 *
 * <pre>
 *   x ~ prior
 *   for each step from t down to s:
 *     c = eta sigma_s / sigma_t sigma_ts                                (16)
 *     x = alpha_s D + sqrt(sigma_s^2 - c^2) e + c z,   z ~ N(0, I)      (12)
 * </pre>
 *
 * <p>With {@code sigma_ts} that of the exact transition from s to t it holds for every SDE. {@code
 * eta = 0} is deterministic, {@code eta = 1} is ancestral sampling with the smaller variance.
 * Written with {@code h = ln(alpha_s / sigma_s) - ln(alpha_t / sigma_t)},
 *
 * <pre>
 *   v = eta^2 (1 - e^-2h),   c = sigma_s sqrt(v),
 *   x = sigma_s / sigma_t sqrt(1 - v) x + alpha_s (1 - e^-h sqrt(1 - v)) D + c z.
 * </pre>
 *
 * <p>One evaluation a step; order 1.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param eta amount of noise, from 0 to 1
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 * @param clip range that D is clipped to, as the published code does for images: {@code {"low": -1,
 *     "high": 1}}, or dynamic thresholding with {@code maxThreshold} above 1; none if absent
 * @param clippedNoise whether e, too, is that of the clipped D, {@code (x - alpha_t D) / sigma_t};
 *     else it stays the model's, as in diffusers unless {@code use_clipped_model_output} is set
 */
@PluginName("ddim")
public record Ddim(
    int steps,
    double eta,
    TimeGrid grid,
    boolean denoise,
    Optional<Clip> clip,
    boolean clippedNoise)
    implements Sampler {

  /** Fifty steps without noise, the last of which denoises. */
  public Ddim() {
    this(50, 0, new UniformGrid(), true);
  }

  /** Without a clip. */
  public Ddim(int steps, double eta, TimeGrid grid, boolean denoise) {
    this(steps, eta, grid, denoise, Optional.empty(), false);
  }

  /** Checks the components. */
  public Ddim {
    Validation.begin().count("steps", steps, 1).between("eta", eta, 0, 1).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var scale = graph.scalar("scale");
    var gain = graph.scalar("gain");
    var spread = graph.scalar("spread");
    Optional<Coefficient> gainOfExcess = clip.map(c -> graph.scalar("gainOfExcess"));

    var denoised = graph.at(x, level).denoised();
    var mean = x.times(scale).plus(denoised.times(gain));
    var unclipped = mean.plus(graph.noise().times(spread));
    var next =
        clip.map(c -> c.apply(graph.tf(), denoised).minus(denoised))
            .map(excess -> unclipped.plus(excess.times(gainOfExcess.orElseThrow())))
            .orElse(unclipped);
    var step = graph.kernel("ddim", x.set(next));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double h = path.h(i);
        double v = -eta * eta * Math.expm1(-2 * h);
        double sigma = path.sigma(i + 1);
        double ofDenoised = -path.alpha(i + 1) * Math.expm1(-h + Math.log1p(-v) / 2);
        double ofExcess = clippedNoise ? ofDenoised : path.alpha(i + 1);
        List<Feed> feeds = new ArrayList<>();
        feeds.add(level.at(path.t(i)));
        feeds.add(scale.is(sigma / path.sigma(i) * Math.sqrt(1 - v)));
        feeds.add(gain.is(ofDenoised));
        feeds.add(spread.is(sigma * Math.sqrt(v)));
        gainOfExcess.ifPresent(g -> feeds.add(g.is(ofExcess)));
        step.run(feeds.toArray(Feed[]::new));
        progress.step(i + 1, steps);
      }
    };
  }
}
