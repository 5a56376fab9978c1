package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.ConvergenceContract;

/**
 * Solvers converge to the probability flow, and the laws of stochastic solvers to that of the data,
 * at the order their theory has, with error constants no larger than were seen.
 */
class SolverOrderTest {
  private static final Sde VE = new VarianceExploding();
  private static final Sde VP = new VariancePreserving();

  /**
   * On a Karras grid. Multistep methods start at order 1: the higher their order, the later it
   * shows.
   *
   * @param steps doubled for the second error
   * @param ve the second error with ve at the most
   * @param vp the same with vp
   */
  @ParameterizedTest
  @CsvSource({
    "euler,         32, 1, 0.1,  0.03,   0.04",
    "ddim,          32, 1, 0.1,  0.03,   0.04",
    "heun,          32, 2, 0.1,  0.0023, 0.0035",
    "dpm-2,         32, 2, 0.1,  0.0013, 0.002",
    "dpm-solver 2,  32, 2, 0.1,  0.0013, 0.002",
    "2s,            32, 2, 0.1,  0.0013, 0.002",
    "2m midpoint,   32, 2, 0.1,  0.0023, 0.0036",
    "2m heun,       32, 2, 0.2,  0.0033, 0.0052",
    "2m-sde eta 0,  32, 2, 0.1,  0.0023, 0.0036",
    "3m-sde eta 0,  64, 3, 0.1,  3.3e-5, 6.5e-5",
    "lms 1,         32, 1, 0.1,  0.03,   0.04",
    "lms 2,         64, 2, 0.1,  0.0013, 0.002",
    "lms 3,         64, 3, 0.2,  1.7e-4, 3.1e-4",
    "lms 4,         64, 4, 0.4,  2.8e-5, 6.6e-5",
    "deis 1,        32, 1, 0.1,  0.03,   0.04",
    "deis 2,        64, 2, 0.1,  3.2e-4, 0.0018",
    "deis 3,        64, 3, 0.2,  1.7e-5, 2.2e-4",
    "deis 4,        64, 4, 0.4,  2e-6,   3.4e-5",
    "deis 3 log-ratio, 64, 3, 0.25, 1.9e-5, 3.5e-5",
    "unipc 1 BH1,   32, 2, 0.15, 0.002,  0.0032",
    "unipc 1 BH2,   32, 2, 0.1,  0.0044, 0.0067",
    "unipc 2 BH1,   32, 3, 0.25, 8.3e-4, 0.0017",
    "unipc 2 BH2,   32, 3, 0.1,  4.9e-4, 9.5e-4",
    "unipc 3 BH1,   32, 4, 0.1,  9.4e-5, 2.2e-4",
    "unipc 3 BH2,   32, 4, 0.1,  9.4e-5, 2.2e-4",
    "sa 1 0,        32, 1, 0.1,  0.03,   0.04",
    "sa 2 0,        32, 2, 0.2,  0.0027, 0.0042",
    "sa 3 0,        64, 3, 0.1,  2.8e-5, 5.4e-5",
    "sa 1 2,        32, 2, 0.1,  0.003,  0.0045",
    "sa 2 3,        32, 3, 0.15, 4.9e-4, 9.5e-4",
    "sa 2 3 published, 32, 3, 0.25, 9.6e-4, 0.002",
    "sa 3 4,        32, 4, 0.1,  7.6e-5, 1.8e-4"
  })
  void solversConvergeAtTheirOrder(
      String name, int steps, double order, double tolerance, double ve, double vp) {
    var solver = Solvers.deterministic().get(name);
    var grid = new KarrasGrid();
    IntFunction<Sampler> samplers = n -> solver.of(n, grid, false);
    new Case(VE, samplers, order, tolerance, steps, ve).errorFallsAtTheOrder();
    new Case(VP, samplers, order, tolerance, steps, vp).errorFallsAtTheOrder();
  }

  private record Case(
      Sde sde,
      IntFunction<Sampler> samplers,
      double order,
      double slack,
      int steps,
      double largestError)
      implements ConvergenceContract {
    @Override
    public Sampler sampler(int steps) {
      return samplers.apply(steps);
    }
  }

  /** Its error is that of float32 before a Karras grid shows the order: here 1.7e-5 and 2.4e-5. */
  @Test
  void dpmSolver3ConvergesAtOrderThree() {
    var grid = new LogSnrGrid();
    for (Sde sde : new Sde[] {VE, VP}) {
      new Case(sde, n -> new DpmSolver(n, 3, grid, false), 3, 0.35, 16, 3e-5)
          .errorFallsAtTheOrder();
    }
  }

  /** Relative error of the variance, in 64 and in 128 steps; the mean is right all along. */
  @ParameterizedTest
  @CsvSource({
    "ddim eta 0.5,    1, 0.1, 0.053",
    "ddim eta 1,      1, 0.1, 0.093",
    "ddpm,            1, 0.1, 0.093",
    "euler-ancestral, 1, 0.1, 0.093",
    "2m-sde midpoint, 2, 0.1, 0.0024",
    "2m-sde heun,     2, 0.1, 0.005",
    "2m-sde eta 0.5,  2, 0.1, 0.0016",
    "3m-sde,          2, 0.2, 0.0009",
    "sa 3 0 tau 1,    2, 0.2, 0.0007",
    "sa 3 4 tau 1,    2, 0.2, 0.00065"
  })
  void lawsConvergeAtTheirOrder(String name, double order, double tolerance, double largest) {
    var solver = Solvers.stochastic().get(name);
    for (Sde sde : new Sde[] {VE, VP}) {
      Moments truth = Moments.marginal(0.5, 0.3, sde.level(sde.startTime()));
      double[] error = new double[2];
      for (int i = 0; i < 2; i++) {
        int steps = 64 << i;
        var law = new Gaussian(sde, 0.5, 0.3).law(solver.of(steps, new LogSnrGrid(), false));
        error[i] = law.variance() / truth.variance() - 1;
        assertEquals(0, (law.mean() - truth.mean()) / Math.sqrt(truth.variance()), 1e-5);
      }
      String errors = error[0] + ", " + error[1];
      assertEquals(order, Math.log(error[0] / error[1]) / Math.log(2), tolerance, errors);
      assertEquals(0, error[1], largest, errors);
    }
  }
}
