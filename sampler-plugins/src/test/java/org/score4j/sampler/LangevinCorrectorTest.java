package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;

class LangevinCorrectorTest {
  private static final TimeGrid UNEVEN = (sde, steps) -> new double[] {1, 0.7, 0.3, 0.06};

  /**
   * For centred data |z| / |score| is the marginal's variance over the state's deviation, whatever
   * the dimension, so that each step is known: Song et al. 2021, algorithms 4 and 5.
   */
  private static Moments exact(Sde sde, double snr, int steps, double[] factors) {
    double[] times = UNEVEN.times(sde, 3);
    Moments x = Moments.prior(sde);
    for (int i = 0; i < 3; i++) {
      Moments marginal = Moments.marginal(0, 0.8, sde.level(times[i]));
      for (int repeat = 0; repeat < steps; repeat++) {
        double ratio = marginal.variance() / Math.sqrt(x.variance());
        double e = 2 * factors[i] * Math.pow(snr * ratio, 2);
        x = x.step(1, e, marginal, 2 * e);
      }
    }
    return x;
  }

  private static Moments drawn(Sde sde, double snr, int steps) {
    var corrector = new LangevinCorrector(snr, steps);
    var sampler = new PredictorCorrector(3, new NoPredictor(), corrector, UNEVEN);
    return Moments.drawn(sampler, sde, 0, 0.8);
  }

  @Test
  void stepsOfVeHaveTheSignalToNoiseRatioOfThePaper() {
    Sde sde = new VarianceExploding(0.1, 2, 1e-3);
    exact(sde, 0.4, 3, new double[] {1, 1, 1}).assertMatch(drawn(sde, 0.4, 3));
  }

  @Test
  void stepsOfVpAreShorterByOneMinusBetaOfTheGrid() {
    Sde sde = new VariancePreserving(0.1, 5, 1e-3);
    double[] factors = new double[3];
    double[] times = UNEVEN.times(sde, 3);
    for (int i = 0; i < 3; i++) {
      double beta = 1 - Math.pow(sde.alpha(times[i]) / sde.alpha(times[i + 1]), 2);
      factors[i] = 1 - beta;
    }
    exact(sde, 0.8, 2, factors).assertMatch(drawn(sde, 0.8, 2));
  }

  /** The stationary variance of x + e score + sqrt(2e) z with e = 2 snr^2 v: (1 + snr^2) v. */
  @Test
  void manyStepsLeaveTheMarginalUpToTheSquareOfTheRatio() {
    Sde sde = new VarianceExploding(0.1, 1, 1e-3);
    TimeGrid still = (unused, steps) -> new double[] {1, 0.9999};
    var sampler =
        new PredictorCorrector(1, new NoPredictor(), new LangevinCorrector(0.2, 200), still);
    double marginal = Moments.marginal(0, 0.8, sde.level(1)).variance();
    assertEquals(1.04, Moments.drawn(sampler, sde, 0, 0.8).variance() / marginal, 0.008);
  }

  @Test
  void bothFaultsAreTold() {
    var exception = assertThrows(InvalidValueException.class, () -> new LangevinCorrector(0, 0));
    assertEquals(2, exception.faults().size());
  }
}
