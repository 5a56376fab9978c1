package org.score4j.sampler;

import java.util.List;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;

/**
 * SDE-DPM-Solver++(2M) (Lu et al. 2022, "DPM-Solver++"; with {@code eta}: Crowson 2022,
 * k-diffusion, {@code sample_dpmpp_2m_sde}), with {@code D_i} the denoised state of level i:
 *
 * <pre>
 *   x ~ prior
 *   for step i, h = lambda_{i+1} - lambda_i, q = (lambda_i - lambda_{i-1}) / h, H = (1 + eta) h:
 *     midpoint: E = (1 - e^-H) (D_i + (D_i - D_{i-1}) / (2 q))
 *     heun:     E = (1 - e^-H) D_i + (1 - (1 - e^-H) / H) (D_i - D_{i-1}) / q
 *     x = sigma_{i+1} / sigma_i e^(-eta h) x + alpha_{i+1} E
 *           + sigma_{i+1} sqrt(1 - e^(-2 eta h)) z,   z ~ N(0, I)
 * </pre>
 *
 * <p>The difference of the D is left out in the first step and in one that denoises. One evaluation
 * a step.
 */
record DpmSolverPlusPlus2MSde(
    int steps,
    SolverType solverType,
    double eta,
    boolean lowerOrderFinal,
    TimeGrid grid,
    boolean denoise)
    implements Sampler {

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var denoised = graph.at(x, level).denoised();
    var past = History.of(graph, 1);
    var next = WeightedSum.of(graph, past.after(List.of(x.value(), graph.noise(), denoised)));
    var step = graph.kernel("2m-sde", past.push(denoised, x.set(next.value())));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double h = path.h(i);
        double widened = (1 + eta) * h;
        double gain = -Math.expm1(-widened);
        double slope =
            path.order(i, 2, lowerOrderFinal) == 1
                ? 0
                : h / path.h(i - 1) * solverType.weight(widened);
        double alpha = path.alpha(i + 1);
        step.run(
            next.weighted(
                level.at(path.t(i)),
                alpha / path.alpha(i) * Math.exp(-widened),
                path.noise(i, eta),
                alpha * (gain + slope),
                -alpha * slope));
        progress.step(i + 1, steps);
      }
    };
  }
}
