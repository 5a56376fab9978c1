package org.score4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.score4j.api.Metric;
import org.score4j.api.Metric.Measurement;
import org.tensorflow.ndarray.Shape;

/**
 * Against numbers of NumPy and SciPy in double. They used the features before those were rounded to
 * float32, hence the tolerance of 1e-6 and not 1e-8.
 */
class FeatureMetricsTest {
  private static final Fixture X = Fixture.of("features-x.csv");
  private static final Fixture Y = Fixture.of("features-y.csv");

  @Test
  void frechetDistanceIsThatOfSciPy() {
    assertEquals(9.657488138759902, X.measure(new FrechetDistance(), Y, 0).value(), 1e-5);
  }

  @Test
  void frechetDistanceOfASetToItselfIsZero() {
    assertEquals(0, X.measure(new FrechetDistance(), X, 0).value(), 1e-9);
  }

  /** |m - m'|^2 + (s - s')^2 of N(1, 4) and N(0, 1), within what 20,000 draws allow. */
  @Test
  void frechetDistanceOfGaussiansHasTheClosedForm() {
    Fixture wide = normals(1, 1, 2, 20_000);
    Measurement fid = wide.measure(new FrechetDistance(), normals(2, 0, 1, 20_000), 0);
    assertEquals(2, fid.value(), 0.12);
  }

  /**
   * The interval covers the exact distance in about 37 of 40 cases; 30 or fewer are 4 sigma off.
   */
  @Test
  void intervalCoversTheExactDistance() {
    int covered = 0;
    for (int seed = 0; seed < 40; seed++) {
      // Real data that have exactly mean 0 and variance 1, as the interval holds them fixed.
      Fixture real = new Fixture(new float[] {-1, 1, -1, 1, 0}, 5);
      Measurement fid =
          normals(seed, 1, 2, 2000)
              .measure(new FrechetDistance(new FashionMnistClassifier(), 20, 15), real, 0);
      var interval = fid.interval().orElseThrow();
      covered += interval.low() <= 2 && 2 <= interval.high() ? 1 : 0;
    }
    assertTrue(covered > 30, covered + " of 40");
  }

  @Test
  void covariancesMayLackRank() {
    Fixture few = new Fixture(Arrays.copyOf(X.values(), 8 * 16), 8);
    assertEquals(0, few.measure(new FrechetDistance(), few, 0).value(), 1e-5);
  }

  @Test
  void kernelDistanceIsThatOfNumPy() {
    assertEquals(1.2261032621074612, X.measure(new KernelDistance(), Y, 0).value(), 1e-6);
  }

  @Test
  void meanDiscrepancyIsThatOfNumPy() {
    Points p = Fixture.of("p.csv").points();
    Points q = Fixture.of("q.csv").points();
    var sums = PairSums.of(new MeanDiscrepancy().kernel(), p, q);
    double n = p.count();
    double m = q.count();
    // NumPy's has the pairs of a vector with itself, whose kernel is 1.
    double ofP = (sum(sums.within()) + n) / n / n;
    double ofQ = (sums.real() * m * (m - 1) + m) / m / m;
    assertEquals(0.03653913603222125, ofP + ofQ - 2 * sum(sums.between()) / n / m, 1e-7);
  }

  /**
   * E k(x, y) of x from N(1, 4) is exp(-(y - 1)^2 / 10) / sqrt(5), E k(x, x') is 1/3. The interval
   * covers the exact value in about 38 of 40 cases; 31 or fewer are 4 sigma off.
   */
  @Test
  void intervalCoversTheExactDiscrepancy() {
    double[] y = {-1, 1, -1, 1, 0};
    double exact = 1.0 / 3;
    for (int i = 0; i < 5; i++) {
      exact -= 2 * Math.exp(-Math.pow(y[i] - 1, 2) / 10) / Math.sqrt(5) / 5;
      for (int j = 0; j < 5; j++) {
        exact += i == j ? 0 : Math.exp(-Math.pow(y[i] - y[j], 2) / 2) / 20;
      }
    }
    Fixture real = new Fixture(new float[] {-1, 1, -1, 1, 0}, 5);
    int covered = 0;
    for (int seed = 0; seed < 40; seed++) {
      var interval =
          normals(seed, 1, 2, 200).measure(new MeanDiscrepancy(), real, 0).interval().orElseThrow();
      covered += interval.low() <= exact && exact <= interval.high() ? 1 : 0;
    }
    assertTrue(covered > 31, covered + " of 40");
  }

  @Test
  void meanDiscrepancyOfEqualDistributionsIsNearZero() {
    Measurement mmd =
        normals(1, 0, 1, 500).measure(new MeanDiscrepancy(), normals(2, 0, 1, 500), 0);
    assertEquals(0, mmd.value(), 0.008);
  }

  @Test
  void inceptionScoreIsThatOfNumPy() {
    Fixture logits = Fixture.of("logits.csv");
    assertEquals(3.060700209947439, logits.measure(new InceptionScore(), logits, 0).value(), 1e-6);
    assertEquals(0.3154595105751713, logits.measure(new InceptionScore(), logits, 1).value(), 1e-6);
    var whole = new InceptionScore(new FashionMnistClassifier(), 1, 50_000);
    assertEquals(3.217884656961745, logits.measure(whole, logits, 0).value(), 1e-6);
  }

  /** By hand: balls of radius 1 around 0, 1, 2; of 10, 1, 1 around 0, 10, 11. */
  @Test
  void precisionAndRecallCountWhatTheBallsCover() {
    var metric = new PrecisionRecall(new FashionMnistClassifier(), 1, 100);
    Fixture generated = new Fixture(new float[] {0, 10, 11}, 3);
    Fixture real = new Fixture(new float[] {0, 1, 2}, 3);
    assertEquals(1.0 / 3, generated.measure(metric, real, 0).value(), 1e-12);
    assertEquals(1, generated.measure(metric, real, 1).value(), 1e-12);
  }

  @Test
  void modeWeightsCompareSharesOfTheNearest() {
    Metric.Measuring measuring = new ModeWeights().start(Shape.of(2));
    measuring.generated(new float[] {-2, 0, -1, 1, -0.5f, 3, 4, 0}, 4);
    measuring.real(new float[] {-1, 0, 1, 0}, 2);
    assertEquals(0.25, measuring.result().get(0).value(), 1e-12);
  }

  private static Fixture normals(long seed, double mean, double deviation, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return new Fixture(values, count);
  }

  private static double sum(double[] of) {
    return Arrays.stream(of).sum();
  }
}
