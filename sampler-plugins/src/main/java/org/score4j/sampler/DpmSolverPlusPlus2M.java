package org.score4j.sampler;

import java.util.List;
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
    var denoised = graph.at(x, level).denoised();
    var past = History.of(graph, 1);
    var next = WeightedSum.of(graph, past.after(List.of(x.value(), denoised)));
    var step = graph.kernel("2m", past.push(denoised, x.set(next.value())));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double h = path.h(i);
        double gain = -Math.expm1(-h);
        double slope =
            path.order(i, 2, lowerOrderFinal) == 1 ? 0 : h / path.h(i - 1) * solverType.weight(h);
        double alpha = path.alpha(i + 1);
        step.run(
            next.weighted(
                level.at(path.t(i)),
                path.sigma(i + 1) / path.sigma(i),
                alpha * (gain + slope),
                -alpha * slope));
        progress.step(i + 1, steps);
      }
    };
  }
}
