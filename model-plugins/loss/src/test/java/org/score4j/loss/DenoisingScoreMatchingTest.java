package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.score4j.api.NoiseLevel;

/**
 * Data N(0, SD^2 I) have the noised score -x / v with v = alpha^2 SD^2 + sigma^2, and the loss of a
 * score -k x is, per dimension, (k sigma)^2 v - 2 k sigma^2 + 1: at its least 1 - sigma^2 / v, at k
 * = 1 / v.
 */
class DenoisingScoreMatchingTest {
  private static final double SD = GaussianBatch.SD;

  @Test
  void theTrueScoreHasTheLossOfTheClosedForm() {
    for (double[] level : new double[][] {{1, 0.1}, {1, 2}, {0.6, 0.8}, {0.01, 1}}) {
      double variance = variance(level[0], level[1]);
      double expected = closedForm(1 / variance, level[0], level[1]);
      assertEquals(1 - level[1] * level[1] / variance, expected, 1e-12);
      double found = loss(new DenoisingScoreMatching(), 1 / variance, level[0], level[1]);
      assertEquals(expected, found, statisticalTolerance(expected));
    }
  }

  @Test
  void anotherScoreHasTheLossOfTheClosedForm() {
    double expected = closedForm(0.7, 0.6, 0.8);
    double found = loss(new DenoisingScoreMatching(), 0.7, 0.6, 0.8);
    assertEquals(expected, found, statisticalTolerance(expected));
  }

  @Test
  void theTrueScoreMinimisesTheLoss() {
    double truth = 1 / variance(0.6, 0.8);
    double least = loss(new DenoisingScoreMatching(), truth, 0.6, 0.8);
    assertTrue(loss(new DenoisingScoreMatching(), 0.9 * truth, 0.6, 0.8) > least);
    assertTrue(loss(new DenoisingScoreMatching(), 1.1 * truth, 0.6, 0.8) > least);
  }

  @ParameterizedTest
  @EnumSource
  void everyObjectiveOfThePapersIsLeastAtTheTrueScore(DenoisingScoreMatchingPreset preset) {
    double truth = 1 / variance(1, 0.5);
    double least = atHalf(preset, truth);
    assertTrue(least > 0);
    assertTrue(atHalf(preset, 0.9 * truth) > least);
    assertTrue(atHalf(preset, 1.1 * truth) > least);
  }

  private static double atHalf(DenoisingScoreMatchingPreset preset, double k) {
    var level = new TimeIsSigma().level(0.5);
    return GaussianBatch.ofScore(preset.get(), k, new TimeIsSigma(), level).value();
  }

  @Test
  void sumIsHalfTheDimensionsTimesTheMean() {
    double mean = loss(reduced(Reduction.MEAN), 0.7, 0.6, 0.8);
    double sum = loss(reduced(Reduction.SUM), 0.7, 0.6, 0.8);
    assertEquals(mean * GaussianBatch.DIMENSIONS / 2, sum, 1e-5 * sum);
  }

  @Test
  void weightMultipliesTheLoss() {
    var weighted =
        new DenoisingScoreMatching(new EdmWeight(SD), new UniformTimes(), Reduction.MEAN);
    double plain = loss(new DenoisingScoreMatching(), 0.7, 0.6, 0.8);
    double factor = 1 + Math.pow(0.8 / (0.6 * SD), 2);
    assertEquals(factor * plain, loss(weighted, 0.7, 0.6, 0.8), 1e-6 * factor * plain);
  }

  @Test
  void vanishingNoiseGivesAFiniteLoss() {
    assertEquals(1, loss(new DenoisingScoreMatching(), 1 / variance(1, 1e-6), 1, 1e-6), 0.05);
  }

  /** Five standard errors, the squared error of a dimension being expected times chi-squared. */
  private static double statisticalTolerance(double expected) {
    return 5 * expected * Math.sqrt(2.0 / (GaussianBatch.BATCH * GaussianBatch.DIMENSIONS));
  }

  private static double variance(double alpha, double sigma) {
    return GaussianBatch.variance(new NoiseLevel(0, alpha, sigma));
  }

  private static double closedForm(double k, double alpha, double sigma) {
    return k * k * sigma * sigma * variance(alpha, sigma) - 2 * k * sigma * sigma + 1;
  }

  private static DenoisingScoreMatching reduced(Reduction reduction) {
    return new DenoisingScoreMatching(new SigmaSquaredWeight(), new UniformTimes(), reduction);
  }

  private static double loss(DenoisingScoreMatching loss, double k, double alpha, double sigma) {
    return GaussianBatch.ofScore(loss, k, new TimeIsSigma(), new NoiseLevel(1, alpha, sigma))
        .value();
  }
}
