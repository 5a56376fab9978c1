package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.score4j.api.Dataset;
import org.score4j.api.InvalidValueException;
import org.score4j.testkit.DatasetContract;

class TwoMoonsTest implements DatasetContract {
  private static final int COUNT = 50_000;

  @Override
  public Dataset dataset() {
    return new TwoMoons();
  }

  @Test
  void withoutNoisePointsLieOnTheirHalfCircleUniformly() {
    double scale = 2.5;
    Sample sample = Sample.of(new TwoMoons(scale, 0, 1), COUNT);
    for (int moon = 0; moon < 2; moon++) {
      int sign = moon == 0 ? 1 : -1;
      double[] centre = {scale * (moon - 0.5), scale * (0.5 * moon - 0.25)};
      Sample half = sample.labelled(moon);
      half.stream()
          .forEach(x -> assertEquals(scale, Math.hypot(x[0] - centre[0], x[1] - centre[1]), 1e-5));
      double[] angles =
          half.stream()
              .mapToDouble(
                  x -> Math.atan2(sign * (x[1] - centre[1]), sign * (x[0] - centre[0])) / Math.PI)
              .toArray();
      assertTrue(Sample.uniformityGap(angles) < 1.95);
    }
  }

  @Test
  void classesAreEquallyLikely() {
    double share = (double) Sample.of(new TwoMoons(), COUNT).labelled(0).count() / COUNT;
    assertEquals(0.5, share, 4 * 0.5 / Math.sqrt(COUNT));
  }

  @Test
  void defaultHasTheDocumentedMoments() {
    Sample sample = Sample.of(new TwoMoons(), COUNT);
    double root = Math.sqrt(COUNT);
    double first = 0.75 * 1.96 + 0.01;
    double second = (0.5 - 4 / (Math.PI * Math.PI) + Math.pow(2 / Math.PI - 0.25, 2)) * 1.96 + 0.01;
    assertEquals(0, sample.mean(x -> x[0]), 4 * Math.sqrt(first) / root);
    assertEquals(0, sample.mean(x -> x[1]), 4 * Math.sqrt(second) / root);
    // A square deviates by less than a normal's would: 2 variance^2.
    assertEquals(first, sample.variance(0), 4 * Math.sqrt(2) * first / root);
    assertEquals(second, sample.variance(1), 4 * Math.sqrt(2) * second / root);
    assertEquals(1.48, first, 0.005);
    assertEquals(0.49, second, 0.005);
  }

  @Test
  void noiseHasTheStatedStandardDeviation() {
    double deviation = 0.05;
    Sample sample = Sample.of(new TwoMoons(100, deviation, 4), COUNT).labelled(0);
    // Far from its centre, the circle is straight: the distance to it is one normal deviate.
    double[] gaps =
        sample.stream().mapToDouble(x -> Math.hypot(x[0] + 50, x[1] + 25) - 100).toArray();
    double variance = Arrays.stream(gaps).map(g -> g * g).average().orElseThrow();
    double expected = deviation * deviation;
    assertEquals(expected, variance, 4 * Math.sqrt(2) * expected / Math.sqrt(gaps.length));
  }

  @Test
  void senselessParametersAreRefused() {
    assertThrows(InvalidValueException.class, () -> new TwoMoons(0, 0.1, 0));
    assertThrows(InvalidValueException.class, () -> new TwoMoons(1, -0.1, 0));
  }
}
