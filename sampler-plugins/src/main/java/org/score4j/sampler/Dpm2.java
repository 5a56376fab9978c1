package org.score4j.sampler;

import org.score4j.api.Feed;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * The midpoint method with the middle in {@code ln r} (Crowson 2022, k-diffusion, {@code
 * sample_dpm_2}), for {@code X = x / alpha} in {@code r = sigma / alpha}, with {@code D} the
 * denoised state:
 *
 * <pre>
 *   x ~ prior
 *   for each step from t down to s:
 *     d = (X - D(X, r_t)) / r_t
 *     if r_s is 0: X = X + (r_s - r_t) d
 *     else:
 *       r_m = sqrt(r_t r_s)
 *       Y = X + (r_m - r_t) d
 *       e = (Y - D(Y, r_m)) / r_m
 *       X = X + (r_s - r_t) e
 * </pre>
 *
 * <p>The quotients {@code d} and {@code e} are the expected noise, and the step is that of
 * DPM-Solver-2 (Lu et al. 2022, algorithm 1). Two evaluations a step, but one in the step that
 * denoises; order 2.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 */
@PluginName("dpm-2")
public record Dpm2(int steps, TimeGrid grid, boolean denoise) implements Sampler {

  /** Eighteen steps, the last of which denoises. */
  public Dpm2() {
    this(18, new KarrasGrid(), true);
  }

  /** Checks the components. */
  public Dpm2 {
    Validation.begin().count("steps", steps, 1).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var before = graph.register("before");
    var level = graph.level("t");
    var scale = graph.scalar("scale");
    var width = graph.scalar("width");

    var slope = graph.at(x, level).noise();
    var euler = x.times(scale).plus(slope.times(width));
    var midpoint = before.times(scale).plus(slope.times(width));
    var begin = graph.kernel("begin", before.set(x), x.set(euler));
    var end = graph.kernel("end", x.set(midpoint));

    Sde sde = graph.sde();
    Descent path = Descent.of(sde, grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double t = path.t(i);
        double r = path.r(i);
        Feed scaled = scale.is(path.alpha(i + 1) / path.alpha(i));
        double h = path.alpha(i + 1) * (path.r(i + 1) - r);
        if (path.denoises(i)) {
          begin.run(level.at(t), scaled, width.is(h));
        } else {
          double m = sde.timeAt(path.lambda(i) + path.lambda(i + 1));
          double alpha = sde.alpha(m);
          double toMiddle = alpha * (Math.exp(-sde.logSnr(m) / 2) - r);
          begin.run(level.at(t), scale.is(alpha / path.alpha(i)), width.is(toMiddle));
          end.run(level.at(m), scaled, width.is(h));
        }
        progress.step(i + 1, steps);
      }
    };
  }
}
