package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * DPM-Solver++ (Lu et al. 2022, "DPM-Solver++"): solvers that expand the denoised state {@code D}
 * in {@code lambda = ln(alpha / sigma)}, exact in what is linear,
 *
 * <pre>
 *   x_s = sigma_s / sigma_t x_t + sigma_s integral from lambda_t to lambda_s of e^lambda D dlambda
 * </pre>
 *
 * <p>(proposition 4.1), or its counterpart for the reverse-time SDE. See {@link
 * DpmSolverPlusPlus2S}, {@link DpmSolverPlusPlus2M}, {@link DpmSolverPlusPlus2MSde} and {@link
 * DpmSolverPlusPlus3MSde}.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param variant which of the solvers
 * @param solverType form of the second-order term of 2M and 2M-SDE
 * @param eta amount of noise of 2M-SDE and 3M-SDE, 0 or above: 0 solves the ODE, 1 the reverse-time
 *     SDE
 * @param lowerOrderFinal whether multistep solvers lower their order towards the end, to 1 in the
 *     last step, if there are fewer than 15 steps
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise, and is of order 1;
 *     else to {@code startTime}
 */
@PluginName("dpm-solver++")
public record DpmSolverPlusPlus(
    int steps,
    Variant variant,
    SolverType solverType,
    double eta,
    boolean lowerOrderFinal,
    TimeGrid grid,
    boolean denoise)
    implements Sampler {

  /** The solvers: order, singlestep or multistep, ODE or SDE. */
  public enum Variant {
    /** Two evaluations a step, order 2. */
    _2S,
    /** One evaluation a step, order 2. */
    _2M,
    /** One evaluation a step, noise, second-order term. */
    _2M_SDE,
    /** One evaluation a step, noise, third-order term. */
    _3M_SDE
  }

  /** Weight of the derivative of D in a step of length h. */
  public enum SolverType {
    /** {@code (1 - e^-h) / 2}, as in the paper. */
    MIDPOINT {
      @Override
      double weight(double h) {
        return -Math.expm1(-h) / 2;
      }
    },
    /** Its integral, {@code 1 - (1 - e^-h) / h}. */
    HEUN {
      @Override
      double weight(double h) {
        return 1 + Math.expm1(-h) / h;
      }
    };

    abstract double weight(double h);
  }

  /** Twenty steps of 2M, the last of which denoises. */
  public DpmSolverPlusPlus() {
    this(20, Variant._2M, SolverType.MIDPOINT, 1, true, new LogSnrGrid(), true);
  }

  /** Checks the components. */
  public DpmSolverPlusPlus {
    Validation.begin().count("steps", steps, 1).notNegative("eta", eta).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    boolean lower = lowerOrderFinal && steps < 15;
    Sampler solver =
        switch (variant) {
          case _2S -> new DpmSolverPlusPlus2S(steps, grid, denoise);
          case _2M -> new DpmSolverPlusPlus2M(steps, solverType, lower, grid, denoise);
          case _2M_SDE -> new DpmSolverPlusPlus2MSde(steps, solverType, eta, lower, grid, denoise);
          case _3M_SDE -> new DpmSolverPlusPlus3MSde(steps, eta, lower, grid, denoise);
        };
    return solver.build(graph);
  }
}
