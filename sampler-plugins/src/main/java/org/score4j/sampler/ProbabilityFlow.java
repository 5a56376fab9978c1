package org.score4j.sampler;

import java.util.Arrays;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Validation;
import org.score4j.solver.DormandPrince;
import org.score4j.solver.ErrorNorm;
import org.score4j.solver.FlowRate;
import org.score4j.solver.Tolerance;

/**
 * The probability-flow ODE, whose solutions have the marginals of the forward process (Song et al.
 * 2021, eq. 13), solved to a tolerance by the method of Dormand and Prince:
 *
 * <pre>
 *   x ~ prior
 *   solve  dx/dt = f(t) x - g(t)^2 score(x, t) / 2  from the end time to the start time
 *   return E[x_0 | x]
 * </pre>
 *
 * <p>Deterministic given the prior's draw. A step is six evaluations of the score, two more choose
 * the first step and one denoises.
 *
 * @param rtol tolerance of a step's error relative to the state, above 0
 * @param atol absolute tolerance of a step's error, above 0
 * @param errorNorm over what a step's error is averaged
 * @param beta weight of the previous error in the choice of the step: 0 for standard control, 0.04
 *     for PI control, which refuses fewer steps where the equation is stiff; at most 0.2
 * @param denoise whether to return the expected clean data instead of the state at the start time
 */
@PluginName("probability-flow")
public record ProbabilityFlow(
    double rtol, double atol, ErrorNorm errorNorm, double beta, boolean denoise)
    implements Sampler {

  /** Tolerances of 1e-5, standard control of each sample's own steps. */
  public ProbabilityFlow() {
    this(1e-5, 1e-5, ErrorNorm.PER_SAMPLE, 0, true);
  }

  /** Checks the components. */
  public ProbabilityFlow {
    Validation.begin()
        .positive("rtol", rtol)
        .positive("atol", atol)
        .between("beta", beta, 0, 0.2)
        .end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.levelPerSample("t");
    var rate = new FlowRate(graph, level);
    var solver = new DormandPrince(graph, rate, new Tolerance(rtol, atol, errorNorm), beta);
    var finish = graph.kernel("denoise", x.set(graph.at(x, level).denoised()));

    double start = graph.sde().startTime();
    double[] starts = new double[graph.batch()];
    Arrays.fill(starts, start);
    return progress -> {
      solver.integrate(graph.sde().endTime(), start, progress);
      if (denoise) {
        finish.run(level.at(starts));
      }
    };
  }
}
