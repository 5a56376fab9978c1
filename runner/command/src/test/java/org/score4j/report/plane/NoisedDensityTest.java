package org.score4j.report.plane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.score4j.api.MixtureComponent;
import org.score4j.api.NoiseLevel;

class NoisedDensityTest {
  private static final List<MixtureComponent> COMPONENTS =
      List.of(
          new MixtureComponent(3, List.of(1.0, -0.5), List.of(0.3, 0.5)),
          new MixtureComponent(1, List.of(-1.0, 0.8), List.of(0.2, 0.2)));
  private static final MixturePlane MIXTURE = new MixturePlane(COMPONENTS);
  private static final SampledPlane SAMPLED = new SampledPlane(samples(40_000));
  private static final NoiseLevel[] LEVELS = {
    new NoiseLevel(0, 1, 0), new NoiseLevel(0.1, 0.9, 0.4), new NoiseLevel(1, 0.3, 2)
  };

  private static float[] samples(int count) {
    var random = new Random(1);
    float[] points = new float[2 * count];
    for (int i = 0; i < points.length; i += 2) {
      var component = COMPONENTS.get(random.nextInt(4) < 3 ? 0 : 1);
      for (int d = 0; d < 2; d++) {
        points[i + d] =
            (float)
                (component.mean().get(d)
                    + component.standardDeviation().get(d) * random.nextGaussian());
      }
    }
    return points;
  }

  private static Window window(NoiseLevel level) {
    return View.of(SAMPLED.points()).at(level);
  }

  @Test
  void densitiesIntegrateToOne() {
    for (NoiseLevel level : LEVELS) {
      // Of the widest, three in a thousand lie beyond three standard deviations in each direction.
      assertEquals(1, MIXTURE.map(level, window(level), 200).mass(), 6e-3);
      assertEquals(1, SAMPLED.map(level, window(level), 200).mass(), 6e-3);
    }
  }

  @Test
  void densityOfExamplesComesNearTheDensityTheyWereDrawnFrom() {
    for (NoiseLevel level : LEVELS) {
      DensityMap known = MIXTURE.map(level, window(level), 100);
      DensityMap found = SAMPLED.map(level, window(level), 100);
      double difference = 0;
      for (int i = 0; i < known.values().length; i++) {
        difference += Math.abs(known.values()[i] - found.values()[i]);
      }
      double cell = 2 * known.window().half() / 100;
      // Half of it is the share of the mass that lies elsewhere.
      assertTrue(difference * cell * cell / 2 < 0.03, () -> level.toString());
    }
  }

  @Test
  void marginalsAreSumsOverTheOtherCoordinate() {
    for (NoiseLevel level : LEVELS) {
      for (NoisedDensity density : List.of(MIXTURE, SAMPLED)) {
        DensityMap map = density.map(level, window(level), 120);
        double[] marginal = density.marginal(level, window(level), 120);
        for (int i = 0; i < 120; i++) {
          double sum = 0;
          for (int j = 0; j < 120; j++) {
            sum += map.values()[j * 120 + i];
          }
          assertEquals(sum * 2 * map.window().half() / 120, marginal[i], 4e-3);
        }
      }
    }
  }

  @Test
  void scoreIsTheGradientOfTheLogDensity() {
    for (NoiseLevel level : List.of(LEVELS[1], LEVELS[2])) {
      for (double[] x : new double[][] {{0, 0}, {1.2, -0.3}, {-2, 1.5}}) {
        double[] score = MIXTURE.score(level, x[0], x[1]);
        double h = 1e-4;
        double byX = (log(level, x[0] + h, x[1]) - log(level, x[0] - h, x[1])) / (2 * h);
        double byY = (log(level, x[0], x[1] + h) - log(level, x[0], x[1] - h)) / (2 * h);
        assertEquals(byX, score[0], 1e-6);
        assertEquals(byY, score[1], 1e-6);
      }
    }
  }

  /** Of two cells side by side, the middle of the first is the point. */
  private static double log(NoiseLevel level, double x, double y) {
    return Math.log(MIXTURE.map(level, new Window(x + 1, y + 1, 2), 2).values()[0]);
  }

  @Test
  void scoreIsExactFarFromEveryComponent() {
    double[] score = MIXTURE.score(new NoiseLevel(0, 1, 0.01), 1000, -1000);
    // There the wider first component outweighs the other by e^(10^7) and more.
    assertEquals((1 - 1000) / (0.3 * 0.3 + 1e-4), score[0], 1e-6);
    assertEquals((-0.5 + 1000) / (0.5 * 0.5 + 1e-4), score[1], 1e-6);
  }
}
