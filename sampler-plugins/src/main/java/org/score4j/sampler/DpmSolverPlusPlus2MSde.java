package org.score4j.sampler;

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
    var previous = graph.register("previous");
    var scale = graph.scalar("scale");
    var spread = graph.scalar("spread");
    var gain = graph.scalar("gain");
    var ofPrevious = graph.scalar("ofPrevious");

    var d = graph.at(x, level).denoised();
    var noised = x.times(scale).plus(graph.noise().times(spread));
    var next = noised.plus(d.times(gain)).plus(previous.times(ofPrevious));
    var step = graph.kernel("2m-sde", x.set(next), previous.set(d));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double h = path.h(i);
        double widened = (1 + eta) * h;
        double whole = -Math.expm1(-widened);
        double slope =
            path.order(i, 2, lowerOrderFinal) == 1
                ? 0
                : h / path.h(i - 1) * solverType.weight(widened);
        double alpha = path.alpha(i + 1);
        step.run(
            level.at(path.t(i)),
            scale.is(alpha / path.alpha(i) * Math.exp(-widened)),
            spread.is(path.noise(i, eta)),
            gain.is(alpha * (whole + slope)),
            ofPrevious.is(-alpha * slope));
        progress.step(i + 1, steps);
      }
    };
  }
}
