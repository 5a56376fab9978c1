package org.score4j.sampler;

import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;

/**
 * The SDE solver DPM-Solver++(3M) (Crowson 2023, k-diffusion, {@code sample_dpmpp_3m_sde}), with
 * {@code D_i} the denoised state of level i and {@code D', D''} its derivatives in {@code lambda}:
 *
 * <pre>
 *   x ~ prior
 *   for step i, h = lambda_{i+1} - lambda_i, H = (1 + eta) h,
 *       q_1 = (lambda_i - lambda_{i-1}) / h, q_2 = (lambda_{i-1} - lambda_{i-2}) / h:
 *     A = (D_i - D_{i-1}) / q_1,   B = (D_{i-1} - D_{i-2}) / q_2,   C = (A - B) / (q_1 + q_2)
 *     h D' = A + q_1 C,   h^2 D'' = 2 C
 *     f_1 = 1 - e^-H,   f_2 = 1 - f_1 / H,   f_3 = 1/2 - f_2 / H
 *     x = sigma_{i+1} / sigma_i e^(-eta h) x + alpha_{i+1} (f_1 D_i + f_2 h D' + f_3 h^2 D'')
 *           + sigma_{i+1} sqrt(1 - e^(-2 eta h)) z,   z ~ N(0, I)
 * </pre>
 *
 * <p>The second step has {@code h D' = A} and no {@code D''}; the first step, and one that
 * denoises, have neither. One evaluation a step; without noise, of order 3.
 *
 * <p>The published code takes {@code C} for {@code h^2 D''}, half of what the parabola through the
 * three values has, and is of order 2 for it.
 */
record DpmSolverPlusPlus3MSde(
    int steps, double eta, boolean lowerOrderFinal, TimeGrid grid, boolean denoise)
    implements Sampler {

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var d1 = graph.register("previous");
    var d2 = graph.register("previous");
    var scale = graph.scalar("scale");
    var spread = graph.scalar("spread");
    var gain = graph.scalar("gain");
    var gain1 = graph.scalar("gain1");
    var gain2 = graph.scalar("gain2");

    var d = graph.at(x, level).denoised();
    var noised = x.times(scale).plus(graph.noise().times(spread));
    var next = noised.plus(d.times(gain)).plus(d1.times(gain1)).plus(d2.times(gain2));
    var step = graph.kernel("3m-sde", x.set(next), d1.set(d), d2.set(d1));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double[] gains = gains(path, i);
        double alpha = path.alpha(i + 1);
        step.run(
            level.at(path.t(i)),
            scale.is(alpha / path.alpha(i) * Math.exp(-(1 + eta) * path.h(i))),
            spread.is(path.noise(i, eta)),
            gain.is(alpha * gains[0]),
            gain1.is(alpha * gains[1]),
            gain2.is(alpha * gains[2]));
        progress.step(i + 1, steps);
      }
    };
  }

  /** The factors of D_i, D_{i-1} and D_{i-2}. */
  private double[] gains(Descent path, int i) {
    double h = path.h(i);
    double widened = (1 + eta) * h;
    int order = path.order(i, 3, lowerOrderFinal);
    double f1 = -Math.expm1(-widened);
    if (order == 1) {
      return new double[] {f1, 0, 0};
    }
    double f2 = 1 - f1 / widened;
    double q1 = path.h(i - 1) / h;
    if (order == 2) {
      return new double[] {f1 + f2 / q1, -f2 / q1, 0};
    }
    double f3 = 0.5 - f2 / widened;
    double q2 = path.h(i - 2) / h;
    double ofC = (f2 * q1 + 2 * f3) / (q1 + q2);
    double ofA = f2 + ofC;
    return new double[] {f1 + ofA / q1, -ofA / q1 - ofC / q2, ofC / q2};
  }
}
