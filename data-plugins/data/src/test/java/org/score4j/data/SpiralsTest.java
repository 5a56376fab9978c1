package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.score4j.api.Dataset;
import org.score4j.api.InvalidValueException;
import org.score4j.testkit.DatasetContract;

class SpiralsTest implements DatasetContract {
  private static final int COUNT = 50_000;

  @Override
  public Dataset dataset() {
    return new Spirals();
  }

  @Test
  void withoutNoisePointsLieOnTheirArmWithUniformSquaredRadius() {
    int arms = 3;
    double turns = 0.8;
    double scale = 1.5;
    Sample sample = Sample.of(new Spirals(arms, turns, scale, 0, 1), COUNT);
    double[] squares = new double[COUNT];
    for (int n = 0; n < COUNT; n++) {
      double[] x = sample.points()[n];
      double r = Math.hypot(x[0], x[1]) / scale;
      double theta = 2 * Math.PI * (turns * r + (double) sample.labels()[n] / arms);
      assertEquals(scale * r * Math.cos(theta), x[0], 1e-5);
      assertEquals(scale * r * Math.sin(theta), x[1], 1e-5);
      squares[n] = r * r;
    }
    assertTrue(Sample.uniformityGap(squares) < 1.95);
  }

  @Test
  void armsAreEquallyLikely() {
    int arms = 5;
    Sample sample = Sample.of(new Spirals(arms, 1, 2, 0.1, 0), COUNT);
    for (int arm = 0; arm < arms; arm++) {
      assertEquals(0.2, (double) sample.labelled(arm).count() / COUNT, 4 * 0.4 / Math.sqrt(COUNT));
    }
  }

  @Test
  void defaultHasTheDocumentedMoments() {
    Sample sample = Sample.of(new Spirals(), COUNT);
    double root = Math.sqrt(COUNT);
    assertEquals(0, sample.mean(x -> x[0]), 4 * 1.1 / root);
    assertEquals(0, sample.mean(x -> x[1]), 4 * 1.1 / root);
    // |x|^2 / 4 is uniform on [0, 1] but for the noise, so |x|^2 / 2 deviates by 2 / sqrt(12).
    double variance = sample.mean(x -> (x[0] * x[0] + x[1] * x[1]) / 2);
    assertEquals(1.0025, variance, 4 * 0.6 / root);
  }

  @Test
  void senselessParametersAreRefused() {
    assertThrows(InvalidValueException.class, () -> new Spirals(1, 1, 1, 0, 0));
    assertThrows(InvalidValueException.class, () -> new Spirals(2, 0, 1, 0, 0));
    assertThrows(InvalidValueException.class, () -> new Spirals(2, 1, 0, 0, 0));
    assertThrows(InvalidValueException.class, () -> new Spirals(2, 1, 1, -1, 0));
  }
}
