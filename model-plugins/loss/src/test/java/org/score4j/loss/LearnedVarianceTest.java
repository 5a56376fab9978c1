package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Sde;

/**
 * For data N(0, SD^2 I) and the true score everything is known: with var the variance of the noised
 * data, the squared error of the noise has mean 1 - sigma^2 / var, and x_s given x_t has the
 * variance sigma_ts^2 var_s / var_t.
 */
class LearnedVarianceTest {
  private static final Sde SDE = new TimeIsSigma();
  private static final int STEPS = 10;
  private static final double WEIGHT = 0.02;

  private static double loss(int k, double v, int dataLevels) {
    var level = level(k);
    var loss = new LearnedVariance(STEPS, WEIGHT, dataLevels);
    double truth = 1 / GaussianBatch.variance(level);
    return GaussianBatch.ofScoreAndVariance(loss, truth, v, SDE, level).value();
  }

  private static NoiseLevel level(int k) {
    return SDE.level(SDE.endTime() * k / STEPS);
  }

  /** |noise - z|^2 on average, as Gaussian data leave it. */
  private static double simple(NoiseLevel level) {
    return 1 - level.sigma() * level.sigma() / GaussianBatch.variance(level);
  }

  private static double bound(int k, double v) {
    var level = level(k);
    return (loss(k, v, 0) - simple(level)) * Math.log(2) / (WEIGHT * STEPS);
  }

  @Test
  void divergenceIsThatOfTwoGaussians() {
    NoiseLevel t = level(3);
    NoiseLevel s = level(2);
    double added = t.sigma() * t.sigma() - s.sigma() * s.sigma();
    double posterior = added * Math.pow(s.sigma() / t.sigma(), 2);
    for (double v : new double[] {0, 0.3, 1, 1.4}) {
      double variance = Math.exp(v * Math.log(added) + (1 - v) * Math.log(posterior));
      double meanError = Math.pow(added / t.sigma(), 2) * simple(t);
      double expected =
          0.5 * (Math.log(variance / posterior) - 1 + (posterior + meanError) / variance);
      assertEquals(expected, bound(3, v), 0.01 * Math.max(expected, 0.1));
    }
  }

  @Test
  void theVarianceOfTheTrueReverseStepIsTheBest() {
    double range = 2 * Math.log(level(3).sigma() / level(2).sigma());
    double ratio = GaussianBatch.variance(level(2)) / GaussianBatch.variance(level(3));
    double best = 1 + Math.log(ratio) / range;
    assertTrue(best > 0 && best < 1);
    assertTrue(loss(3, best - 0.2, 0) > loss(3, best, 0));
    assertTrue(loss(3, best + 0.2, 0) > loss(3, best, 0));
  }

  /** beta-tilde of the second step, 64 (1 - 1/4), takes the place of the last step's 0. */
  @Test
  void lastStepIsTheLikelihoodOfTheData() {
    NoiseLevel t = level(1);
    double clipped = Math.pow(t.sigma(), 2) * (1 - 0.25);
    double error = GaussianBatch.SD * GaussianBatch.SD * t.sigma() * t.sigma();
    error /= GaussianBatch.variance(t);
    for (double v : new double[] {0, 0.5, 1}) {
      double variance = Math.pow(t.sigma(), 2 * v) * Math.pow(clipped, 1 - v);
      double expected = 0.5 * (Math.log(2 * Math.PI * variance) + error / variance);
      assertEquals(expected, bound(1, v), 0.01 * expected);
    }
  }

  /** The same noised x, from every value that data can take: probabilities that sum to 1. */
  @Test
  void probabilitiesOfTheDataSumToOne() {
    int values = 16;
    NoiseLevel level = SDE.level(SDE.endTime() / 1000);
    double x = 0.9;
    float[] data = new float[values];
    float[] noise = new float[values];
    for (int i = 0; i < values; i++) {
      data[i] = (float) (2.0 * i / (values - 1) - 1);
      noise[i] = (float) ((x - data[i]) / level.sigma());
    }
    var loss = new LearnedVariance(1000, 1, values);
    double truth = 1 / GaussianBatch.variance(level);
    double[] losses = GaussianBatch.ofGiven(loss, data, noise, SDE, level, truth, 0.5);
    double sum = 0;
    double largest = 0;
    for (int i = 0; i < values; i++) {
      double error = truth * level.sigma() * x - noise[i];
      double probability = Math.exp((error * error - losses[i]) * Math.log(2) / 1000);
      sum += probability;
      largest = Math.max(largest, probability);
    }
    assertEquals(1, sum, 1e-4);
    assertTrue(largest > 0.3);
  }

  @Test
  void aModelWithoutVarianceIsRefused() {
    var thrown =
        assertThrows(
            InvalidValueException.class,
            () -> GaussianBatch.ofScore(new LearnedVariance(), 1, SDE, level(3)));
    assertTrue(thrown.getMessage().contains("learnedVariance"), thrown.getMessage());
  }
}
