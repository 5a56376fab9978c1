package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LossWeight;
import org.score4j.api.NoiseLevel;
import org.score4j.sde.VariancePreserving;

/** Weights against the formulas of the papers, each of which weighs an error of its own. */
class LossWeightTest {
  private static final VariancePreserving SDE = new VariancePreserving();

  static Stream<NoiseLevel> levels() {
    return Stream.of(1e-3, 0.1, 0.3, 0.7, 1.0).map(SDE::level);
  }

  /**
   * What a weight of |D - x_0|^2 is of the noise's error, which is alpha / sigma times as large.
   */
  private static double ofData(NoiseLevel level, double lambda) {
    return lambda * Math.pow(level.sigma() / level.alpha(), 2);
  }

  private static double snr(NoiseLevel level) {
    return Math.pow(level.alpha() / level.sigma(), 2);
  }

  private static void verify(double expected, LossWeight weight, NoiseLevel level) {
    assertEquals(expected, weight.of(SDE, level), 1e-12 * expected);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void dataIsThePlainErrorOfCleanData(NoiseLevel level) {
    verify(ofData(level, 1), new DataWeight(), level);
  }

  /** v = alpha z - sigma x_0 at x = alpha x_0 + sigma z, for two values of z. */
  @ParameterizedTest
  @MethodSource("levels")
  void velocityIsThePlainErrorOfTheVelocity(NoiseLevel level) {
    double x = 0.7;
    double difference = velocity(level, x, 1.25) - velocity(level, x, 0.25);
    verify(difference * difference, new VelocityWeight(), level);
    verify(1 + 1 / snr(level), new VelocityWeight(), level);
  }

  private static double velocity(NoiseLevel level, double x, double z) {
    return level.alpha() * z - level.sigma() * (x - level.sigma() * z) / level.alpha();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void scoreIsThePlainErrorOfTheScore(NoiseLevel level) {
    verify(Math.pow(level.sigma(), -2), new ScoreWeight(), level);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void likelihoodWeighsTheScoreByTheSquaredDiffusion(NoiseLevel level) {
    double diffusion = SDE.diffusion(level.t());
    verify(diffusion * diffusion * new ScoreWeight().of(SDE, level), new LikelihoodWeight(), level);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void edmWeighsTheDataByTheNetworksScale(NoiseLevel level) {
    double s = level.sigma() / level.alpha();
    double lambda = (s * s + 0.25) / Math.pow(s * 0.5, 2);
    verify(ofData(level, lambda), new EdmWeight(), level);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void minSnrCapsTheWeightOfTheData(NoiseLevel level) {
    verify(ofData(level, Math.min(snr(level), 5)), new MinSnrWeight(), level);
  }

  /** k-diffusion's, of the network's output F, with |D - x_0| = c_out |F - target|. */
  @ParameterizedTest
  @MethodSource("levels")
  void softMinSnrIsThatOfTheNetworkInside(NoiseLevel level) {
    double s = level.sigma() / level.alpha();
    double sum = s * s + 0.25;
    double ofNetwork = Math.pow(s * 0.5 / sum, 2);
    double scale = s * 0.5 / Math.sqrt(sum);
    verify(ofData(level, ofNetwork / (scale * scale)), new SoftMinSnrWeight(), level);
  }

  @Test
  void componentsMustBePositive() {
    assertThrows(InvalidValueException.class, () -> new MinSnrWeight(0));
    assertThrows(InvalidValueException.class, () -> new SoftMinSnrWeight(-1));
  }
}
