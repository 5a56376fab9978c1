package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Loss;
import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Sde;
import org.score4j.engine.training.Augmentation;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.engine.training.TrainingSettings;
import org.score4j.model.Mlp;
import org.score4j.optimizer.Adam;
import org.tensorflow.ndarray.Shape;

/**
 * Implicit and sliced objectives of the score -k x of N(0, v I) in D dimensions: -k D + k^2 v D /
 * 2, at its least -D / (2 v) at k = 1 / v.
 */
class ImplicitScoreMatchingTest {
  private static final Sde SDE = new TimeIsSigma();
  private static final NoiseLevel LEVEL = SDE.level(0.5);
  private static final double TRUTH = 1 / GaussianBatch.variance(LEVEL);
  private static final LossWeight SCORE = new ScoreWeight();

  private static Loss sliced(int projections, Projection projection, boolean reducedVariance) {
    return new SlicedScoreMatching(
        projections, projection, reducedVariance, SCORE, new SingleLevel());
  }

  private static double closedForm(double k) {
    return GaussianBatch.DIMENSIONS * (k * k / TRUTH / 2 - k);
  }

  private static void verify(Loss loss) {
    for (double k : new double[] {TRUTH, 0.5 * TRUTH, 2 * TRUTH}) {
      var found = GaussianBatch.ofScore(loss, k, SDE, LEVEL);
      assertEquals(closedForm(k), found.value(), 5 * found.standardError());
    }
    double least = GaussianBatch.ofScore(loss, TRUTH, SDE, LEVEL).value();
    assertTrue(GaussianBatch.ofScore(loss, 0.8 * TRUTH, SDE, LEVEL).value() > least);
    assertTrue(GaussianBatch.ofScore(loss, 1.2 * TRUTH, SDE, LEVEL).value() > least);
  }

  @Test
  void implicitLossIsTheClosedFormAndLeastAtTheTrueScore() {
    verify(new ImplicitScoreMatching());
  }

  @ParameterizedTest
  @CsvSource({
    "1, RADEMACHER, true",
    "1, RADEMACHER, false",
    "1, GAUSSIAN, true",
    "3, GAUSSIAN, false",
    "4, RADEMACHER, true"
  })
  void slicedLossIsTheClosedFormAndLeastAtTheTrueScore(
      int projections, Projection projection, boolean reducedVariance) {
    verify(sliced(projections, projection, reducedVariance));
  }

  /** Of a multiple of the identity the trace along +-1 is exact, so nothing else is left. */
  @Test
  void reducedVarianceAlongSignsIsTheImplicitLossOfALinearScore() {
    var implicit = GaussianBatch.ofScore(new ImplicitScoreMatching(), 0.1, SDE, LEVEL);
    var found = GaussianBatch.ofScore(sliced(1, Projection.RADEMACHER, true), 0.1, SDE, LEVEL);
    assertEquals(implicit.value(), found.value(), 1e-5);
    assertEquals(implicit.standardError(), found.standardError(), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void reducedVarianceVariesLess(Projection projection) {
    var plain = GaussianBatch.ofScore(sliced(1, projection, false), TRUTH, SDE, LEVEL);
    var reduced = GaussianBatch.ofScore(sliced(1, projection, true), TRUTH, SDE, LEVEL);
    assertTrue(reduced.standardError() < 0.8 * plain.standardError());
  }

  @Test
  void moreDirectionsVaryLess() {
    var one = GaussianBatch.ofScore(sliced(1, Projection.GAUSSIAN, true), TRUTH, SDE, LEVEL);
    var eight = GaussianBatch.ofScore(sliced(8, Projection.GAUSSIAN, true), TRUTH, SDE, LEVEL);
    assertTrue(eight.standardError() < 0.75 * one.standardError());
  }

  /** lambda = w sigma^2, as in denoising score matching. */
  @Test
  void weightMultipliesTheLoss() {
    var weighted = new ImplicitScoreMatching(new SigmaSquaredWeight(), new SingleLevel());
    double plain = GaussianBatch.ofScore(new ImplicitScoreMatching(), 0.1, SDE, LEVEL).value();
    double variance = LEVEL.sigma() * LEVEL.sigma();
    double found = GaussianBatch.ofScore(weighted, 0.1, SDE, LEVEL).value();
    assertEquals(variance * plain, found, 1e-6);
  }

  @Test
  void implicitScoreMatchingOfImagesIsRefused() {
    var settings = new TrainingSettings(2, 0, 0, 0, 0, Augmentation.NONE, Precision.FLOAT32, 0);
    var thrown =
        assertThrows(
            InvalidValueException.class,
            () ->
                new TrainingProgram(
                    SDE,
                    new Mlp(),
                    new ImplicitScoreMatching(),
                    new Adam(),
                    settings,
                    Shape.of(17),
                    Optional.empty(),
                    0));
    assertEquals(
        "type: must be \"sliced-score-matching\" for data of more than 16 dimensions; these have"
            + " 17, found \"implicit-score-matching\"",
        thrown.getMessage());
  }
}
