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
 * Heun's method with churn (Karras et al. 2022, algorithm 2; algorithm 1 without churn), for {@code
 * X = x / alpha} in {@code r = sigma / alpha}, which are the paper's x and t where alpha is 1, with
 * {@code D} the denoised state:
 *
 * <pre>
 *   x ~ prior
 *   for each step from t down to s:
 *     gamma = min(churn / steps, sqrt(2) - 1) if sMin &lt;= r_t &lt;= sMax, else 0
 *     r = (1 + gamma) r_t
 *     X = X + sNoise sqrt(r^2 - r_t^2) z,   z ~ N(0, I)
 *     d = (X - D(X, r)) / r
 *     Y = X + (r_s - r) d
 *     if r_s is not 0:
 *       e = (Y - D(Y, r_s)) / r_s
 *       Y = X + (r_s - r) (d + e) / 2
 *     X = Y
 * </pre>
 *
 * <p>The quotients {@code d} and {@code e} are the expected noise. Churn does not lead above the
 * level of {@code endTime}. Two evaluations a step, but one in the step that denoises: 35 in 18
 * steps. Order 2 without churn.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param churn the paper's S_churn, 0 or above: noise added and removed again over the whole run
 * @param sMin the paper's S_tmin, 0 or above: the lowest r with churn
 * @param sMax the paper's S_tmax, not below sMin: the highest r with churn
 * @param sNoise the paper's S_noise, above 0: standard deviation of {@code z}
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 */
@PluginName("heun")
public record Heun(
    int steps,
    double churn,
    double sMin,
    double sMax,
    double sNoise,
    TimeGrid grid,
    boolean denoise)
    implements Sampler {
  private static final double LARGEST_GAMMA = Math.sqrt(2) - 1;

  /** Eighteen steps without churn, the last of which denoises. */
  public Heun() {
    this(18, 0, 0, Double.POSITIVE_INFINITY, 1, new KarrasGrid(), true);
  }

  /** Checks the components. */
  public Heun {
    Validation.begin()
        .count("steps", steps, 1)
        .notNegative("churn", churn)
        .notNegative("sMin", sMin)
        .rule(sMax >= sMin, "sMax", sMax, "must not be below sMin")
        .positive("sNoise", sNoise)
        .end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var before = graph.register("before");
    var first = graph.register("first");
    var level = graph.level("t");
    var scale = graph.scalar("scale");
    var spread = graph.scalar("spread");
    var width = graph.scalar("width");
    var half = graph.scalar("halfWidth");

    var d = graph.at(x, level).noise();
    var churned = x.times(scale).plus(graph.noise().times(spread));
    var euler = x.times(scale).plus(d.times(width));
    var trapezium = before.times(scale).plus(first.times(half)).plus(d.times(half));
    var churn = graph.kernel("churn", x.set(churned));
    var predict = graph.kernel("predict", before.set(x), first.set(d), x.set(euler));
    var correct = graph.kernel("correct", x.set(trapezium));

    Sde sde = graph.sde();
    Descent path = Descent.of(sde, grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double t = churnedTime(sde, path.t(i), path.r(i));
        if (t > path.t(i)) {
          var forward = sde.transition(path.t(i), t);
          churn.run(scale.is(forward.alpha()), spread.is(sNoise * forward.sigma()));
        }
        double alpha = path.alpha(i + 1);
        Feed scaled = scale.is(alpha / sde.alpha(t));
        double h = alpha * (path.r(i + 1) - Math.exp(-sde.logSnr(t) / 2));
        predict.run(level.at(t), scaled, width.is(h));
        if (!path.denoises(i)) {
          correct.run(level.at(path.t(i + 1)), scaled, half.is(h / 2));
        }
        progress.step(i + 1, steps);
      }
    };
  }

  /** The time of the level {@code (1 + gamma) r}; t where there is no churn. */
  private double churnedTime(Sde sde, double t, double r) {
    if (churn == 0 || r < sMin || r > sMax) {
      return t;
    }
    double gamma = Math.min(churn / steps, LARGEST_GAMMA);
    return Math.max(t, sde.timeAt(-2 * Math.log((1 + gamma) * r)));
  }
}
