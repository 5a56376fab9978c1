package org.score4j.sampler;

import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;

/**
 * DPM-Solver++(2M) (Lu et al. 2022, "DPM-Solver++", algorithm 2), with {@code D_i} the denoised
 * state of level i:
 *
 * <pre>
 *   x ~ prior
 *   for step i, h = lambda_{i+1} - lambda_i, q = (lambda_i - lambda_{i-1}) / h:
 *     midpoint: E = D_i + (D_i - D_{i-1}) / (2 q)
 *     heun:     E = D_i + (1 / (1 - e^-h) - 1 / h) (D_i - D_{i-1}) / q
 *     x = sigma_{i+1} / sigma_i x - alpha_{i+1} (e^-h - 1) E
 * </pre>
 *
 * <p>{@code E = D_i} in the first step and in one that denoises. One evaluation a step; order 2.
 */
record DpmSolverPlusPlus2M(
    int steps, SolverType solverType, boolean lowerOrderFinal, TimeGrid grid, boolean denoise)
    implements Sampler {

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var previous = graph.register("previous");
    var scale = graph.scalar("scale");
    var gain = graph.scalar("gain");
    var ofPrevious = graph.scalar("ofPrevious");

    var d = graph.at(x, level).denoised();
    var next = x.times(scale).plus(d.times(gain)).plus(previous.times(ofPrevious));
    var step = graph.kernel("2m", x.set(next), previous.set(d));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double h = path.h(i);
        double whole = -Math.expm1(-h);
        double slope =
            path.order(i, 2, lowerOrderFinal) == 1 ? 0 : h / path.h(i - 1) * solverType.weight(h);
        double alpha = path.alpha(i + 1);
        step.run(
            level.at(path.t(i)),
            scale.is(path.sigma(i + 1) / path.sigma(i)),
            gain.is(alpha * (whole + slope)),
            ofPrevious.is(-alpha * slope));
        progress.step(i + 1, steps);
      }
    };
  }
}
