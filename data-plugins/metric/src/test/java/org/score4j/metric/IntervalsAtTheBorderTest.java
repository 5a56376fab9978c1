package org.score4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.Metric;
import org.score4j.api.Metric.Interval;
import org.score4j.api.Metric.Measurement;
import org.tensorflow.ndarray.Shape;

class IntervalsAtTheBorderTest {

  static Stream<Metric> metrics() {
    return Stream.of(
        new EnergyDistance(),
        new MeanDiscrepancy(),
        new SlicedWasserstein(),
        new KernelDistance(),
        new FrechetDistance(),
        new PrecisionRecall(),
        new InceptionScore(),
        new ModeWeights());
  }

  private static List<Measurement> measured(Metric metric, float[] generated, float[] real) {
    Metric.Measuring measuring = metric.start(Shape.of(2));
    measuring.generated(generated, generated.length / 2);
    measuring.real(real, real.length / 2);
    return measuring.result();
  }

  private static float[] normals(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[2 * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] equal(int count) {
    float[] values = new float[2 * count];
    Arrays.fill(values, 0.3f);
    return values;
  }

  private static void assertSound(Metric metric, List<Measurement> found) {
    for (Measurement each : found) {
      String told = metric + ": " + each;
      assertTrue(Double.isFinite(each.value()), told);
      each.interval()
          .ifPresent(
              interval -> {
                assertTrue(interval.low() <= each.value() && each.value() <= interval.high(), told);
                assertTrue(interval.low() < interval.high(), told);
                assertTrue(
                    Double.isFinite(interval.low()) && Double.isFinite(interval.high()), told);
              });
    }
  }

  /** As few as a metric takes, one more, and as few as have an interval; of the data, its least. */
  @ParameterizedTest
  @MethodSource("metrics")
  void fewExamplesGiveNumbersAndSoundIntervals(Metric metric) {
    int least = metric.leastExamples();
    for (int n : new int[] {least, least + 1, Math.max(least, 20), Math.max(least, 21)}) {
      for (int m : new int[] {least, 30}) {
        assertSound(metric, measured(metric, normals(n, n), normals(100 + m, m)));
        assertSound(metric, measured(metric, equal(n), normals(m, m)));
        assertSound(metric, measured(metric, normals(n, n), equal(m)));
        assertSound(metric, measured(metric, equal(n), equal(m)));
      }
    }
  }

  /** Equal samples do not say how far others would be. */
  @Test
  void equalSamplesHaveNoInterval() {
    for (Metric metric :
        List.of(
            new EnergyDistance(),
            new MeanDiscrepancy(),
            new KernelDistance(),
            new FrechetDistance(),
            new InceptionScore())) {
      Measurement first = measured(metric, equal(40), normals(1, 40)).get(0);
      assertEquals(Optional.empty(), first.interval(), () -> metric.toString());
    }
  }

  @Test
  void sharesOfNoneAndAllHaveAWidthAndStayShares() {
    float[] far = normals(1, 30);
    for (int i = 0; i < far.length; i++) {
      far[i] += 100;
    }
    Interval none = measured(new PrecisionRecall(), far, normals(2, 30)).get(0).interval().get();
    assertEquals(0, none.low());
    assertEquals(0.1135, none.high(), 1e-3);
    Interval all =
        measured(new PrecisionRecall(), normals(2, 30), normals(2, 30)).get(0).interval().get();
    assertEquals(1, all.high());
    assertEquals(0.8865, all.low(), 1e-3);
  }

  @Test
  void distancesThatCannotBeBelow0HaveNoLowerBoundBelow() {
    for (int seed = 0; seed < 10; seed++) {
      Interval found =
          measured(new FrechetDistance(), normals(seed, 20), normals(99, 1000))
              .get(0)
              .interval()
              .orElseThrow();
      assertTrue(found.low() >= 0, found::toString);
    }
  }

  /** The data held fixed: E|X - y| for X from N(0, 1) by a large sample. */
  @Test
  void theJackknifeCoversWithAsFewSamplesAsItTakes() {
    float[] real = normals(7, 25);
    double exact = measured(new EnergyDistance(4000), normals(8, 4000), real).get(0).value();
    int covered = 0;
    for (int seed = 0; seed < 300; seed++) {
      Interval found =
          measured(new EnergyDistance(), normals(1000 + seed, 20), real)
              .get(0)
              .interval()
              .orElseThrow();
      covered += found.low() <= exact && exact <= found.high() ? 1 : 0;
    }
    assertTrue(covered > 264, covered + " of 300");
  }
}
