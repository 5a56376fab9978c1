package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;
import org.score4j.sde.Cosine;
import org.score4j.sde.Ddpm;
import org.score4j.sde.Edm;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;

class TimeDistributionTest {
  private static final int COUNT = 20_000;

  static Stream<Sde> continuous() {
    return Stream.of(
        new VarianceExploding(),
        new VariancePreserving(),
        new SubVariancePreserving(),
        new Cosine(),
        new Edm());
  }

  private static double[] draw(TimeDistribution times, Sde sde) {
    return times.draw(sde, COUNT, new SplittableRandom(1));
  }

  /** The largest distance of the empirical cumulative of values, which are sorted, from uniform. */
  private static double distanceFromUniform(double... values) {
    Arrays.sort(values);
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      worst = Math.max(worst, Math.abs(values[i] - (i + 0.5) / values.length));
    }
    return worst;
  }

  @Test
  void stratifiedTimesAreOneInEachStratum() {
    var sde = new VariancePreserving();
    double start = sde.trainingStartTime();
    double[] times = new StratifiedTimes().draw(sde, 50, new SplittableRandom(1));
    for (int i = 0; i < 50; i++) {
      double place = (times[i] - start) / (sde.endTime() - start) * 50;
      assertEquals(i, (int) place);
      assertEquals((times[0] - start) * 50 / (sde.endTime() - start), place - i, 1e-9);
    }
  }

  @Test
  void stratifiedTimesAreUniformOverBatches() {
    var random = new SplittableRandom(1);
    var sde = new TimeIsSigma();
    double[] first =
        IntStream.range(0, COUNT)
            .mapToDouble(i -> new StratifiedTimes().draw(sde, 4, random)[0])
            .map(t -> (t - sde.startTime()) / (sde.endTime() - sde.startTime()) * 4)
            .toArray();
    assertTrue(distanceFromUniform(first) < 2 / Math.sqrt(COUNT));
  }

  /** Kolmogorov's distance exceeds 2 / sqrt(n) with probability 7e-4. */
  @ParameterizedTest
  @MethodSource("continuous")
  void logUniformTimesSpreadTheLogarithmOfTheRatio(Sde sde) {
    double high = sde.logSnr(sde.trainingStartTime());
    double low = sde.logSnr(sde.endTime());
    double[] places =
        DoubleStream.of(draw(new LogUniformTimes(), sde))
            .map(t -> (sde.logSnr(t) - high) / (low - high))
            .toArray();
    assertTrue(distanceFromUniform(places) < 2 / Math.sqrt(COUNT));
  }

  /** Integrals of smooth functions by the midpoint rule, over the interval of the draws. */
  @ParameterizedTest
  @MethodSource("continuous")
  void importanceTimesEstimateTheUniformMean(Sde sde) {
    var importance = new ImportanceTimes();
    double start = sde.trainingStartTime();
    double length = sde.endTime() - start;
    // The loss of likelihood weighting in miniature: g^2 / sigma^2 times something harmless.
    int cells = 200_000;
    double expected = 0;
    for (int i = 0; i < cells; i++) {
      // Cells crowd where the integrand does, as the cube does near 0.
      double a = Math.pow((double) i / cells, 3);
      double b = Math.pow((i + 1.0) / cells, 3);
      expected += integrand(sde, start + length * (a + b) / 2) * (b - a);
    }
    double[] values =
        DoubleStream.of(draw(importance, sde))
            .map(t -> integrand(sde, t) * importance.correction(sde, t))
            .toArray();
    double mean = DoubleStream.of(values).average().orElseThrow();
    double spread =
        Math.sqrt(
            DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    assertEquals(expected, mean, 4 * spread / Math.sqrt(COUNT) + 1e-3 * expected);
    assertTrue(spread < mean, "spread " + spread + " about " + mean);
  }

  private static double integrand(Sde sde, double t) {
    double weight = new LikelihoodWeight().of(sde, sde.level(t));
    return weight * (1.5 + Math.cos(3 * t / sde.endTime()));
  }

  /** The weight under importance sampling does not depend on the time. */
  @ParameterizedTest
  @MethodSource("continuous")
  void importanceTimesMakeLikelihoodWeightsAlike(Sde sde) {
    double[] weights =
        DoubleStream.of(sde.trainingStartTime(), 0.1 * sde.endTime(), sde.endTime())
            .map(
                t ->
                    new LikelihoodWeight().of(sde, sde.level(t))
                        * new ImportanceTimes().correction(sde, t))
            .toArray();
    double length = sde.endTime() - sde.trainingStartTime();
    double expected = (sde.logSnr(sde.trainingStartTime()) - sde.logSnr(sde.endTime())) / length;
    assertArrayEquals(new double[] {expected, expected, expected}, weights, 1e-9 * expected);
  }

  @Test
  void discreteTimesAreTheStepsEachAsOften() {
    double[] times = draw(new DiscreteTimes(10), new Ddpm());
    long[] counts = new long[11];
    for (double t : times) {
      assertEquals(0, t % 100);
      counts[(int) (t / 100)]++;
    }
    assertEquals(0, counts[0]);
    for (int k = 1; k <= 10; k++) {
      assertEquals(COUNT / 10.0, counts[k], 5 * Math.sqrt(COUNT * 0.09));
    }
  }

  @Test
  void geometricLevelsAreTheLadderOfNcsn() {
    var sde = new VarianceExploding(0.01, 1, 1e-9);
    double[] sigmas =
        DoubleStream.of(draw(new GeometricLevels(), sde))
            .map(sde::sigma)
            .distinct()
            .sorted()
            .toArray();
    double[] published =
        IntStream.range(0, 10).mapToDouble(i -> 0.01 * Math.pow(100, i / 9.0)).toArray();
    assertArrayEquals(published, sigmas, 1e-8);
  }

  @Test
  void singleLevelIsTheTimeOfItsSigmaOrAnEndOfTheProcess() {
    var sde = new TimeIsSigma();
    assertEquals(3, draw(new SingleLevel(3), sde)[7], 1e-12);
    assertEquals(0.002, draw(new SingleLevel(), sde)[7]);
    assertEquals(0.002, draw(new SingleLevel(1e-5), sde)[7]);
    assertEquals(80, draw(new SingleLevel(1e5), sde)[7], 1e-9);
  }

  @Test
  void senselessComponentsAreRefused() {
    assertThrows(InvalidValueException.class, () -> new SingleLevel(-1));
    assertThrows(InvalidValueException.class, () -> new DiscreteTimes(0));
    assertThrows(InvalidValueException.class, () -> new GeometricLevels(1));
  }
}
