package org.score4j.sampler;

import java.util.Arrays;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.Validation;
import org.score4j.solver.AdaptiveSteps;
import org.score4j.solver.ErrorNorm;
import org.score4j.solver.PidController;

/**
 * DPM-Solver-12 and -23's adaptive step (Lu et al. 2022, "DPM-Solver", algorithm 2 and appendix C)
 * at order 3, with the PID control of k-diffusion's {@code sample_dpm_adaptive}. In {@code lambda =
 * ln(alpha / sigma)}, from s to t, {@code h = lambda_t - lambda_s}, r1 = 1/3, r2 = 2/3, and with
 * subscripts 1, 2 for the levels at {@code lambda_s + r1 h} and {@code lambda_s + r2 h}:
 *
 * <pre>
 *   e    = noise(x, s)
 *   u1   = alpha_1/alpha_s x - sigma_1 expm1(r1 h) e
 *   D1   = noise(u1, 1) - e
 *   u2   = alpha_2/alpha_s x - sigma_2 (expm1(r2 h) e + r2/r1 (expm1(r2 h)/(r2 h) - 1) D1)
 *   D2   = noise(u2, 2) - e
 *   low  = alpha_t/alpha_s x - sigma_t (expm1(h) e + expm1(h)/(2 r1) D1)             (order 2)
 *   high = alpha_t/alpha_s x - sigma_t (expm1(h) e + (expm1(h)/h - 1)/r2 D2)         (order 3)
 *   error = | (low - high) / max(atol, rtol max(|low|, |previous low|)) |,  root mean square
 *   accepted: x = high, previous low = low, s = t
 * </pre>
 *
 * <p>Deterministic given the prior's draw. A step is three evaluations of the network, two if it
 * follows a refused one.
 *
 * @param rtol tolerance of a step's error relative to the state, above 0
 * @param atol absolute tolerance of a step's error, above 0: 0.0078 is 1/128, a byte of an image in
 *     [-1, 1]
 * @param errorNorm over what a step's error is averaged
 * @param firstStep h of the first step, above 0
 * @param longestStep the largest h, above 0; without a bound, steps grow to h = 5 where the noise
 *     hardly changes with lambda, and the estimate says nothing of a step that long
 * @param proportional P of {@link PidController}, 0 or above
 * @param integral I, above 0
 * @param derivative D, 0 or above
 * @param acceptSafety below which change of the step it is refused, in (0, 1)
 * @param denoise whether to return the expected clean data instead of the state at the start time
 */
@PluginName("dpm-adaptive")
public record DpmAdaptive(
    double rtol,
    double atol,
    ErrorNorm errorNorm,
    double firstStep,
    double longestStep,
    double proportional,
    double integral,
    double derivative,
    double acceptSafety,
    boolean denoise)
    implements Sampler {

  /** As in k-diffusion, but each sample in its own steps, none above 1, and denoised. */
  public DpmAdaptive() {
    this(0.05, 0.0078, ErrorNorm.PER_SAMPLE, 0.05, 1, 0, 1, 0, 0.81, true);
  }

  /** Checks the components. */
  public DpmAdaptive {
    Validation.begin()
        .positive("rtol", rtol)
        .positive("atol", atol)
        .positive("firstStep", firstStep)
        .rule(longestStep > 0, "longestStep", longestStep, "must be above 0")
        .notNegative("proportional", proportional)
        .positive("integral", integral)
        .notNegative("derivative", derivative)
        .rule(
            acceptSafety > 0 && acceptSafety < 1,
            "acceptSafety",
            acceptSafety,
            "must lie between 0 and 1, both excluded")
        .end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var level = graph.levelPerSample("t");
    var method = new EmbeddedDpmSolver(graph, level, rtol, atol, errorNorm);
    var finish = method.denoising();

    Sde sde = graph.sde();
    double first = sde.logSnr(sde.endTime()) / 2;
    double last = sde.logSnr(sde.startTime()) / 2;
    double[] lengths = new double[graph.batch()];
    Arrays.fill(lengths, firstStep);
    var gains =
        new PidController.Gains(
            proportional, integral, derivative, EmbeddedDpmSolver.ORDER, acceptSafety, longestStep);
    var steps = new AdaptiveSteps("lambda", 1e-9, length -> new PidController(length, gains));
    return progress -> {
      steps.run(first, last, lengths, method, progress);
      if (denoise) {
        double[] starts = new double[lengths.length];
        Arrays.fill(starts, sde.startTime());
        finish.run(level.at(starts));
      }
    };
  }
}
