package org.score4j.sampler;

import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;

/**
 * DPM-Solver++(2S) (Lu et al. 2022, "DPM-Solver++", algorithm 1), with {@code D} the denoised state
 * and m the time halfway in {@code lambda}:
 *
 * <pre>
 *   x ~ prior
 *   for each step from t down to s, h = lambda_s - lambda_t, q = (lambda_m - lambda_t) / h = 1/2:
 *     u = sigma_m / sigma_t x - alpha_m (e^(-q h) - 1) D(x, t)
 *     E = (1 - 1 / (2 q)) D(x, t) + 1 / (2 q) D(u, m)
 *     x = sigma_s / sigma_t x - alpha_s (e^-h - 1) E
 * </pre>
 *
 * <p>Two evaluations a step, but one in the step that denoises; order 2.
 */
record DpmSolverPlusPlus2S(int steps, TimeGrid grid, boolean denoise) implements Sampler {

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var before = graph.register("before");
    var first = graph.register("first");
    var level = graph.level("t");
    var scale = graph.scalar("scale");
    var ofFirst = graph.scalar("ofFirst");
    var ofSecond = graph.scalar("ofSecond");

    var d = graph.at(x, level).denoised();
    var euler = x.times(scale).plus(d.times(ofFirst));
    var whole = before.times(scale).plus(first.times(ofFirst)).plus(d.times(ofSecond));
    var begin = graph.kernel("begin", before.set(x), first.set(d), x.set(euler));
    var end = graph.kernel("end", x.set(whole));

    Sde sde = graph.sde();
    Descent path = Descent.of(sde, grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double h = path.h(i);
        double kept = path.sigma(i + 1) / path.sigma(i);
        double gain = -path.alpha(i + 1) * Math.expm1(-h);
        if (path.denoises(i)) {
          begin.run(level.at(path.t(i)), scale.is(kept), ofFirst.is(gain));
        } else {
          double m = sde.timeAt(path.lambda(i) + path.lambda(i + 1));
          double qh = sde.logSnr(m) / 2 - path.lambda(i);
          double half = h / (2 * qh);
          begin.run(
              level.at(path.t(i)),
              scale.is(sde.sigma(m) / path.sigma(i)),
              ofFirst.is(-sde.alpha(m) * Math.expm1(-qh)));
          end.run(
              level.at(m), scale.is(kept), ofFirst.is(gain * (1 - half)), ofSecond.is(gain * half));
        }
        progress.step(i + 1, steps);
      }
    };
  }
}
