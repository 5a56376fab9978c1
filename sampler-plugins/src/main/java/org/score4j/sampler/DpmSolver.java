package org.score4j.sampler;

import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * DPM-Solver-2 and DPM-Solver-3 (Lu et al. 2022, "DPM-Solver", algorithms 1 and 2): singlestep
 * solvers that expand the noise {@code e} that the model predicts in {@code lambda}. Index 1 stands
 * for the time at {@code lambda_t + q_1 h}, index 2 for that at {@code lambda_t + q_2 h}:
 *
 * <pre>
 *   x ~ prior
 *   for each step from t down to s, h = lambda_s - lambda_t:
 *     e = e(x, t)
 *     u = alpha_1 / alpha_t x - sigma_1 (e^(q_1 h) - 1) e
 *     order 2, q_1 = 1/2:
 *       x = alpha_s / alpha_t x - sigma_s (e^h - 1) (e + (e(u, t_1) - e) / (2 q_1))
 *     order 3, q_1 = 1/3, q_2 = 2/3:
 *       v = alpha_2 / alpha_t x - sigma_2 (e^(q_2 h) - 1) e
 *             - sigma_2 q_2 / q_1 ((e^(q_2 h) - 1) / (q_2 h) - 1) (e(u, t_1) - e)
 *       x = alpha_s / alpha_t x - sigma_s (e^h - 1) e
 *             - sigma_s / q_2 ((e^h - 1) / h - 1) (e(v, t_2) - e)
 * </pre>
 *
 * <p>As many evaluations a step as its order, but one in the step that denoises, {@code x - sigma_t
 * e} over {@code alpha_t}.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param order 2 or 3; order 1 is {@link Euler}
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 */
@PluginName("dpm-solver")
public record DpmSolver(int steps, int order, TimeGrid grid, boolean denoise) implements Sampler {

  /** Ten steps of order 3, the last of which denoises. */
  public DpmSolver() {
    this(10, 3, new LogSnrGrid(), true);
  }

  /** Checks the components. */
  public DpmSolver {
    Validation.begin().count("steps", steps, 1).between("order", order, 2, 3).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var before = graph.register("before");
    var first = graph.register("first");
    var level = graph.level("t");
    var weights =
        new Weights(graph.scalar("scale"), graph.scalar("ofFirst"), graph.scalar("ofLast"));

    var e = graph.at(x, level).noise();
    var euler = x.times(weights.scale).plus(e.times(weights.ofFirst));
    var kept = before.times(weights.scale).plus(first.times(weights.ofFirst));
    var stage = kept.plus(e.times(weights.ofLast));
    var begin = graph.kernel("begin", before.set(x), first.set(e), x.set(euler));
    var proceed = graph.kernel("proceed", x.set(stage));

    Sde sde = graph.sde();
    Descent path = Descent.of(sde, grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        if (path.denoises(i)) {
          double alpha = path.alpha(i);
          begin.run(weights.euler(level.at(path.t(i)), 1 / alpha, -path.sigma(i) / alpha));
        } else {
          Stage end = Stage.at(sde, path, i, 1);
          Stage one = Stage.at(sde, path, i, 1.0 / order);
          begin.run(weights.euler(level.at(path.t(i)), one.scale, one.gain));
          if (order == 2) {
            proceed.run(weights.stage(level.at(one.t), end, end.gain / (2 * one.q)));
          } else {
            Stage two = Stage.at(sde, path, i, 2.0 / 3);
            double toSecond = two.slope * two.q / one.q;
            proceed.run(weights.stage(level.at(one.t), two, toSecond));
            proceed.run(weights.stage(level.at(two.t), end, end.slope / two.q));
          }
        }
        progress.step(i + 1, steps);
      }
    };
  }

  /**
   * What leads from t to a time {@code lambda_t + q h}.
   *
   * @param scale {@code alpha / alpha_t}
   * @param gain {@code -sigma (e^(q h) - 1)}
   * @param slope {@code -sigma ((e^(q h) - 1) / (q h) - 1)}
   */
  private record Stage(double t, double q, double scale, double gain, double slope) {
    static Stage at(Sde sde, Descent path, int i, double q) {
      double t = q == 1 ? path.t(i + 1) : sde.timeAt(2 * (path.lambda(i) + q * path.h(i)));
      double qh = sde.logSnr(t) / 2 - path.lambda(i);
      double growth = Math.expm1(qh);
      double sigma = sde.sigma(t);
      return new Stage(
          t,
          qh / path.h(i),
          sde.alpha(t) / path.alpha(i),
          -sigma * growth,
          -sigma * (growth / qh - 1));
    }
  }

  /** The factors of x, of the first value of the noise, and of the last. */
  private record Weights(Coefficient scale, Coefficient ofFirst, Coefficient ofLast) {
    Feed[] euler(Feed level, double scaled, double gain) {
      return new Feed[] {level, scale.is(scaled), ofFirst.is(gain)};
    }

    /** Those that lead to a stage, given the factor of the last value less the first. */
    Feed[] stage(Feed level, Stage to, double difference) {
      return new Feed[] {
        level, scale.is(to.scale), ofFirst.is(to.gain - difference), ofLast.is(difference)
      };
    }
  }
}
