package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sde.Edm;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.GaussianFlow;

/** What single solvers claim beyond their order. */
class SolverPropertiesTest {
  private static final Sde VP = new VariancePreserving();

  /** Ho et al. 2020, section 3.2: in however few steps. */
  @Test
  void theTransitionsVarianceIsRightForStandardNormalData() {
    var sampler = new Ddpm(3, Variance.TRANSITION, new UniformGrid(), false);
    Moments law = new Gaussian(VP, 0, 1).law(sampler);
    assertEquals(0, law.mean(), 1e-6);
    assertEquals(1, law.variance(), 1e-5);
  }

  @Test
  void theTwoVariancesOfDdpmEncloseTheRightOne() {
    double right = Moments.marginal(0.5, 0.3, VP.level(VP.startTime())).variance();
    var data = new Gaussian(VP, 0.5, 0.3);
    double small = data.law(new Ddpm(50, Variance.POSTERIOR, new LogSnrGrid(), false)).variance();
    double large = data.law(new Ddpm(50, Variance.TRANSITION, new LogSnrGrid(), false)).variance();
    assertTrue(small < right && right < large, small + " < " + right + " < " + large);
  }

  /** Churn adds the noise of the exact transition, and Heun's method is exact for a point. */
  @Test
  void churnLeavesTheMarginalsOfAPointAsTheyAre() {
    for (Sde sde : EverySde.ALL) {
      Moments law =
          new Gaussian(sde, 0.5, 0).law(new Heun(8, 3, 0.05, 50, 1, new LogSnrGrid(), false));
      Moments truth = Moments.marginal(0.5, 0, sde.level(sde.startTime()));
      assertEquals(truth.mean(), law.mean(), 2e-6, sde.toString());
      double deviation = Math.sqrt(truth.variance());
      assertEquals(deviation, Math.sqrt(law.variance()), 1e-6 + 1e-3 * deviation, sde.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2})
  void noiseScaledByAFactorHasThatFactorInTheSample(double factor) {
    Sde sde = new Edm(1, 80);
    var point = new Gaussian(sde, 0, 0);
    // In the last step all noise is new: eta beyond 1 goes as far as the level itself.
    Moments law = point.law(new EulerAncestral(2, 100, factor, new KarrasGrid(), false));
    assertEquals(factor * factor, law.variance(), 1e-5);
  }

  /** The code it is named after has half the second derivative, and order 2. */
  @Test
  void theThirdOrderTermIsThatOfTheParabola() {
    Sde sde = new VarianceExploding();
    var third =
        new DpmSolverPlusPlus(
            128, Variant._3M_SDE, SolverType.MIDPOINT, 0, false, new LogSnrGrid(), false);
    assertEquals(0, new GaussianFlow(sde, 0.5, 0.3).error(third), 5e-6);
  }

  /** Below fifteen steps only: the last of them is of first order, which is DDIM's. */
  @Test
  void theLastStepsOfShortRunsAreOfLowerOrder() {
    var data = new Gaussian(VP, 0.5, 0.3);
    for (int steps : new int[] {2, 14, 15}) {
      float lower = data.run(plusPlus(steps, true), 1.5f)[0];
      float same = data.run(plusPlus(steps, false), 1.5f)[0];
      assertEquals(steps < 15, lower != same, steps + " steps");
    }
    // Two steps of which neither is of order 2.
    float twoEulers = data.run(new Euler(2, new LogSnrGrid(), false), 1.5f)[0];
    assertEquals(twoEulers, data.run(plusPlus(2, true), 1.5f)[0], 1e-6);
  }

  private static DpmSolverPlusPlus plusPlus(int steps, boolean lower) {
    return new DpmSolverPlusPlus(
        steps, Variant._2M, SolverType.MIDPOINT, 1, lower, new LogSnrGrid(), false);
  }

  @Test
  void aShortRunOfUniPcEndsAtOrderOne() {
    var data = new Gaussian(VP, 0.5, 0.3);
    var lower = new UniPc(1, 3, UniPc.Solver.BH2, true, new LogSnrGrid(), false);
    float euler = data.run(new Euler(1, new LogSnrGrid(), false), 1.5f)[0];
    assertEquals(euler, data.run(lower, 1.5f)[0], 1e-6);
  }

  /** However short or long the steps. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 10})
  void adamsPredictorsAreTheMultistepSolversOfTheSde(double tau) {
    double eta = tau * tau;
    var grid = new LogSnrGrid();
    for (int steps : new int[] {3, 12, 190}) {
      var second =
          new DpmSolverPlusPlus(steps, Variant._2M_SDE, SolverType.HEUN, eta, false, grid, false);
      var third =
          new DpmSolverPlusPlus(steps, Variant._3M_SDE, SolverType.HEUN, eta, false, grid, false);
      assertSameLaw(second, new SaSolver(steps, 2, 0, tau, 0, 1e9, false, grid, false));
      assertSameLaw(third, new SaSolver(steps, 3, 0, tau, 0, 1e9, false, grid, false));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12, 190})
  void theAdamsPredictorOfOrderOneIsAncestralSampling(int steps) {
    var grid = new LogSnrGrid();
    assertSameLaw(
        new Ddpm(steps, Variance.POSTERIOR, grid, false),
        new SaSolver(steps, 1, 0, 1, 0, 1e9, false, grid, false));
  }

  private static void assertSameLaw(Sampler expected, Sampler actual) {
    for (Sde sde : new Sde[] {VP, new VarianceExploding()}) {
      Moments theirs = new Gaussian(sde, 0.5, 0.3).law(expected);
      Moments ours = new Gaussian(sde, 0.5, 0.3).law(actual);
      assertEquals(theirs.mean(), ours.mean(), 1e-5, sde + ", " + actual);
      assertEquals(1, ours.variance() / theirs.variance(), 2e-5, sde + ", " + actual);
    }
  }

  @Test
  void twentyAdamsStepsWithNoiseHaveTheMeanOfTheDataAndNearlyTheirVariance() {
    for (Sde sde : new Sde[] {VP, new VarianceExploding()}) {
      Moments law = new Gaussian(sde, 0.5, 0.3).law(new SaSolver());
      assertEquals(0.5, law.mean(), 1e-6, sde.toString());
      assertEquals(1, law.variance() / 0.09, 0.045, sde.toString());
    }
  }

  /** With steps from r = 10, 1 and 0.1, noise enters where the interval says. */
  @Test
  void adamsStepsHaveNoiseInTheirIntervalOnly() {
    var data = new Gaussian(new Edm(0.01, 10), 0.5, 0.3);
    var grid = new LogSnrGrid();
    float[] none = data.run(new SaSolver(3, 2, 3, 0, 0, 100, false, grid, false), 1, 5);
    float[] above = data.run(new SaSolver(3, 2, 3, 1, 11, 100, false, grid, false), 1, 5);
    float[] below = data.run(new SaSolver(3, 2, 3, 1, 0, 0.09, false, grid, false), 1, 5);
    float[] within = data.run(new SaSolver(3, 2, 3, 1, 0.5, 2, false, grid, false), 1, 5);
    assertArrayEquals(none, above);
    assertArrayEquals(none, below);
    assertTrue(Math.abs(none[0] - within[0]) > 1e-3, none[0] + ", " + within[0]);
  }

  @Test
  void etaAndChurnMustNotBeNegative() {
    var grid = new UniformGrid();
    assertThrows(InvalidValueException.class, () -> new Ddim(10, 1.1, grid, true));
    assertThrows(InvalidValueException.class, () -> new Ddim(10, -0.1, grid, true));
    assertThrows(InvalidValueException.class, () -> new EulerAncestral(10, -1, 1, grid, true));
    assertThrows(InvalidValueException.class, () -> new EulerAncestral(10, 1, 0, grid, true));
    assertThrows(InvalidValueException.class, () -> new Heun(10, -1, 0, 1, 1, grid, true));
    assertThrows(InvalidValueException.class, () -> new Heun(10, 1, 2, 1, 1, grid, true));
    assertThrows(
        InvalidValueException.class,
        () -> new DpmSolverPlusPlus(10, Variant._2M_SDE, SolverType.HEUN, -1, true, grid, true));
    assertThrows(
        InvalidValueException.class, () -> new SaSolver(10, 3, 4, -1, 0, 1, true, grid, true));
    assertThrows(
        InvalidValueException.class, () -> new SaSolver(10, 3, 4, 1, 2, 1, true, grid, true));
  }
}
