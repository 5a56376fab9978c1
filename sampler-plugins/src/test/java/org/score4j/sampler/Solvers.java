package org.score4j.sampler;

import java.util.LinkedHashMap;
import java.util.Map;
import org.score4j.api.Sampler;
import org.score4j.api.TimeGrid;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;

/** The solvers that tests go through, in every form that takes steps of its own. */
interface Solvers {

  /** A solver, but for the number and the place of its steps. */
  @FunctionalInterface
  interface Solver {
    Sampler of(int steps, TimeGrid grid, boolean denoise);
  }

  /** Without noise, so that a sample is a function of the initial state. */
  static Map<String, Solver> deterministic() {
    Map<String, Solver> solvers = new LinkedHashMap<>();
    solvers.put("euler", Euler::new);
    solvers.put("ddim", (n, grid, denoise) -> new Ddim(n, 0, grid, denoise));
    solvers.put("heun", (n, grid, denoise) -> new Heun(n, 0, 0, 1e9, 1, grid, denoise));
    solvers.put("dpm-2", Dpm2::new);
    for (int order = 2; order <= 3; order++) {
      int k = order;
      solvers.put("dpm-solver " + k, (n, grid, denoise) -> new DpmSolver(n, k, grid, denoise));
    }
    solvers.put("2s", plusPlus(Variant._2S, SolverType.MIDPOINT, 0));
    solvers.put("2m midpoint", plusPlus(Variant._2M, SolverType.MIDPOINT, 0));
    solvers.put("2m heun", plusPlus(Variant._2M, SolverType.HEUN, 0));
    solvers.put("2m-sde eta 0", plusPlus(Variant._2M_SDE, SolverType.MIDPOINT, 0));
    solvers.put("3m-sde eta 0", plusPlus(Variant._3M_SDE, SolverType.MIDPOINT, 0));
    for (int order = 1; order <= 4; order++) {
      int k = order;
      solvers.put("lms " + k, (n, grid, denoise) -> new LinearMultistep(n, k, grid, denoise));
      solvers.put("deis " + k, (n, grid, denoise) -> new Deis(n, k, grid, denoise));
    }
    solvers.put(
        "deis 3 log-ratio",
        (n, grid, denoise) -> new Deis(n, 3, grid, denoise, false, Deis.Variable.LOG_RATIO));
    solvers.put(
        "sa 2 3 published",
        (n, grid, denoise) -> new SaSolver(n, 2, 3, 0, 0, 1e9, false, grid, denoise, true));
    for (int order = 1; order <= 3; order++) {
      for (UniPc.Solver b : UniPc.Solver.values()) {
        int k = order;
        solvers.put(
            "unipc " + k + " " + b, (n, grid, denoise) -> new UniPc(n, k, b, false, grid, denoise));
      }
    }
    for (int order = 1; order <= 3; order++) {
      solvers.put("sa " + order + " 0", adams(order, 0, 0));
      solvers.put("sa " + order + " " + (order + 1), adams(order, order + 1, 0));
    }
    return solvers;
  }

  /** With noise at every step. */
  static Map<String, Solver> stochastic() {
    Map<String, Solver> solvers = new LinkedHashMap<>();
    solvers.put("ddim eta 0.5", (n, grid, denoise) -> new Ddim(n, 0.5, grid, denoise));
    solvers.put("ddim eta 1", (n, grid, denoise) -> new Ddim(n, 1, grid, denoise));
    solvers.put("ddpm", (n, grid, denoise) -> new Ddpm(n, Variance.POSTERIOR, grid, denoise));
    solvers.put(
        "euler-ancestral", (n, grid, denoise) -> new EulerAncestral(n, 1, 1, grid, denoise));
    solvers.put(
        "euler-ancestral eta 5", (n, grid, denoise) -> new EulerAncestral(n, 5, 1, grid, denoise));
    solvers.put("2m-sde midpoint", plusPlus(Variant._2M_SDE, SolverType.MIDPOINT, 1));
    solvers.put("2m-sde heun", plusPlus(Variant._2M_SDE, SolverType.HEUN, 1));
    solvers.put("2m-sde eta 0.5", plusPlus(Variant._2M_SDE, SolverType.MIDPOINT, 0.5));
    solvers.put("sa 3 0 tau 1", adams(3, 0, 1));
    solvers.put("sa 3 4 tau 1", adams(3, 4, 1));
    solvers.put("3m-sde", plusPlus(Variant._3M_SDE, SolverType.MIDPOINT, 1));
    return solvers;
  }

  /** All of them. */
  static Map<String, Solver> all() {
    Map<String, Solver> solvers = deterministic();
    solvers.putAll(stochastic());
    return solvers;
  }

  private static Solver adams(int predictor, int corrector, double tau) {
    return (n, grid, denoise) ->
        new SaSolver(n, predictor, corrector, tau, 0, 1e9, false, grid, denoise);
  }

  private static Solver plusPlus(Variant variant, SolverType type, double eta) {
    return (n, grid, denoise) -> new DpmSolverPlusPlus(n, variant, type, eta, false, grid, denoise);
  }
}
