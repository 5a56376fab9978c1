package org.score4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Control;
import org.score4j.api.InvalidValueException;
import org.score4j.api.MixtureComponent;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PixelRange;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.TrainedClassifier;
import org.score4j.model.GaussianMixture;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.ndarray.Shape;

/** Fields that controls make, against what they must be. */
class GuidanceTest {
  private static final Shape IMAGE = Shape.of(1, 2, 1);
  private static final double DEVIATION = 0.5;
  private static final List<List<Double>> MEANS = List.of(List.of(-1.0, 0.5), List.of(0.5, -0.5));
  private static final ExactClassifier CLASSIFIER =
      new ExactClassifier(List.of(1.0, 1.0), MEANS, DEVIATION);
  private static final float[] STATES = {0.3f, -0.2f, 1.1f, 0.4f, -0.7f, 0.9f};

  private static GaussianMixture mixture(int components) {
    return new GaussianMixture(
        MEANS.subList(0, components).stream()
            .map(m -> new MixtureComponent(1, m, Collections.nCopies(2, DEVIATION)))
            .toList(),
        components > 1);
  }

  private static ControlInputs inputs(Control... controls) {
    return new ControlInputs(
        List.of(controls),
        PixelRange.UNIT,
        number -> new float[] {0.25f * number, 7},
        run -> new TrainedClassifier(CLASSIFIER, 2, Optional.empty()));
  }

  private static Probe probe(Sde sde, int components, double t, Control... controls) {
    return Probe.of(
        sde,
        mixture(components),
        inputs(controls),
        IMAGE,
        components > 1 ? components : 0,
        STATES,
        t);
  }

  private static double score(NoiseLevel level, int component, int i) {
    double variance = Math.pow(level.alpha() * DEVIATION, 2) + level.sigma() * level.sigma();
    return (level.alpha() * MEANS.get(component).get(i % 2) - STATES[i]) / variance;
  }

  private static void assertForms(double[] scores, NoiseLevel level, Probe probe) {
    for (int i = 0; i < scores.length; i++) {
      double tolerance = 2e-4 * Math.max(1, Math.abs(scores[i]));
      assertEquals(scores[i], probe.score()[i], tolerance, "score " + i);
      double noise = -level.sigma() * scores[i];
      assertEquals(noise, probe.noise()[i], tolerance * level.sigma(), "noise " + i);
      double variance = level.sigma() * level.sigma();
      assertEquals(
          (STATES[i] + variance * scores[i]) / level.alpha(),
          probe.denoised()[i],
          (tolerance * variance + 1e-6) / level.alpha(),
          "denoised " + i);
    }
  }

  /** With independent pixels the known one has its own exact score, the other the model's. */
  private static double[] conditional(NoiseLevel level) {
    double[] scores = new double[STATES.length];
    for (int i = 0; i < scores.length; i++) {
      double y = 0.25 * (1 + i / 2 % 2);
      scores[i] =
          i % 2 == 0
              ? (level.alpha() * y - STATES[i]) / (level.sigma() * level.sigma())
              : score(level, 0, i);
    }
    return scores;
  }

  private static final Images TWO = new Images(List.of(1L, 2L));

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.4, 1})
  void replacementGivesTheKnownPartItsExactScore(double t) {
    for (Sde sde : List.of(new VariancePreserving(), new VarianceExploding(0.01, 10, 1e-5))) {
      assertForms(
          conditional(sde.level(t)),
          sde.level(t),
          probe(sde, 1, t, new Inpainting(TWO, new Mask(), Known.PATH)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.4, 1})
  void gradientGuidanceIsExactForGaussianData(double t) {
    for (Sde sde : List.of(new VariancePreserving(), new VarianceExploding(0.01, 10, 1e-5))) {
      assertForms(
          conditional(sde.level(t)),
          sde.level(t),
          probe(sde, 1, t, new GradientGuidance(TWO, new Mask(), 1, DEVIATION, 0)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.4, 1})
  void gradientGuidanceIsExactForNoisyMeasurementsOfGaussianData(double t) {
    NoiseLevel level = new VariancePreserving().level(t);
    double n = 0.3;
    double s2 = DEVIATION * DEVIATION;
    double[] scores = conditional(level);
    for (int i = 0; i < scores.length; i += 2) {
      // y | x_t ~ N(D, r^2 + n^2), whose gradient goes through D.
      double variance = level.alpha() * level.alpha() * s2 + level.sigma() * level.sigma();
      double gain = level.alpha() * s2 / variance;
      double denoised =
          MEANS.get(0).get(0) + gain * (STATES[i] - level.alpha() * MEANS.get(0).get(0));
      double spread = s2 * level.sigma() * level.sigma() / variance + n * n;
      double y = 0.25 * (1 + i / 2 % 2);
      scores[i] = score(level, 0, i) + gain * (y - denoised) / spread;
    }
    assertForms(
        scores,
        level,
        probe(
            new VariancePreserving(),
            1,
            t,
            new GradientGuidance(TWO, new Mask(), 1, DEVIATION, n)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.4, 1})
  void classifierGuidanceTurnsTheWholeIntoTheClass(double t) {
    NoiseLevel level = new VariancePreserving().level(t);
    double[] scores = new double[STATES.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(level, 1, i);
    }
    var wholeModel = new ClassifierFreeGuidance(0, 0, Double.POSITIVE_INFINITY, Optional.empty());
    var guided = new ClassifierGuidance(Path.of("run"), 1, Optional.of(1));
    assertForms(scores, level, probe(new VariancePreserving(), 2, t, wholeModel, guided));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 3})
  void classifierFreeGuidanceWeighsTheTwoScores(double weight) {
    NoiseLevel level = new VariancePreserving().level(0.4);
    var all = Double.POSITIVE_INFINITY;
    Probe guided =
        probe(
            new VariancePreserving(),
            2,
            0.4,
            new ClassifierFreeGuidance(weight, 0, all, Optional.empty()));
    Probe any =
        probe(
            new VariancePreserving(),
            2,
            0.4,
            new ClassifierFreeGuidance(0, 0, all, Optional.empty()));
    double[] scores = new double[STATES.length];
    for (int i = 0; i < scores.length; i++) {
      // Sample n is of class n modulo 2.
      double told = score(level, i / 2 % 2, i);
      scores[i] = any.score()[i] + weight * (told - any.score()[i]);
    }
    assertForms(scores, level, guided);
    assertEquals(weight == 0 || weight == 1 ? 1 : 2, guided.evaluations());
  }

  @Test
  void guidanceIsLimitedToItsInterval() {
    Sde sde = new VarianceExploding(0.01, 10, 1e-5);
    double[] told = probe(sde, 2, 0.5).score();
    double sigma = sde.sigma(0.5);
    double[] below =
        probe(sde, 2, 0.5, new ClassifierFreeGuidance(3, sigma + 0.01, 9, Optional.empty()))
            .score();
    double[] within =
        probe(sde, 2, 0.5, new ClassifierFreeGuidance(3, sigma - 0.01, 9, Optional.empty()))
            .score();
    double[] everywhere =
        probe(
                sde,
                2,
                0.5,
                new ClassifierFreeGuidance(3, 0, Double.POSITIVE_INFINITY, Optional.empty()))
            .score();
    for (int i = 0; i < told.length; i++) {
      assertEquals(told[i], below[i], 1e-6);
      assertEquals(everywhere[i], within[i], 1e-6);
    }
  }

  @Test
  void controlsGoTogetherInAnyOrder() {
    Sde sde = new VarianceExploding(0.01, 10, 1e-5);
    NoiseLevel level = sde.level(0.4);
    var free = new ClassifierFreeGuidance(3, 0, Double.POSITIVE_INFINITY, Optional.empty());
    var inpainting = new Inpainting(TWO, new Mask(), Known.PATH);
    Probe alone = probe(sde, 2, 0.4, free);
    double[] scores = conditional(level);
    for (int i = 1; i < scores.length; i += 2) {
      scores[i] = alone.score()[i];
    }
    assertForms(scores, level, probe(sde, 2, 0.4, free, inpainting));
    Probe other = probe(sde, 2, 0.4, inpainting, free);
    assertForms(scores, level, other);
    assertEquals(2, other.evaluations());
  }

  @Test
  void dataWithoutClassesAreRefused() {
    for (Control control : List.of(new ClassifierFreeGuidance(), new ClassifierGuidance())) {
      assertThrows(
          InvalidValueException.class, () -> probe(new VariancePreserving(), 1, 0.5, control));
    }
  }
}
