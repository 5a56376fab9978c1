package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.score4j.api.Metric.Interval;

class IntervalTest {

  private static double covered(Predicate<Random> draw) {
    Random random = new Random(1);
    int covered = 0;
    for (int i = 0; i < 4000; i++) {
      covered += draw.test(random) ? 1 : 0;
    }
    return covered / 4000.0;
  }

  /** 1.96 standard errors would cover 0.82 with three numbers, and 0.88 with five. */
  @Test
  void studentsIntervalCoversTheMeanOfAFewNumbers() {
    for (int n : new int[] {2, 3, 5, 20, 60}) {
      double share =
          covered(
              random -> {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < n; i++) {
                  double x = random.nextGaussian();
                  sum += x;
                  squares += x * x;
                }
                double mean = sum / n;
                double error = Math.sqrt((squares / n - mean * mean) / (n - 1));
                Interval found = Interval.student(mean, error, n - 1).orElseThrow();
                return found.low() <= 0 && 0 <= found.high();
              });
      assertEquals(0.95, share, 0.014, n + " numbers");
    }
  }

  @Test
  void numbersThatDoNotVarySayNothing() {
    assertEquals(Optional.empty(), Interval.student(3, 0, 10));
    assertEquals(Optional.empty(), Interval.student(3, 1, 0));
    assertEquals(Optional.empty(), Interval.student(Double.NaN, 1, 5));
    assertEquals(Optional.empty(), Interval.student(3, Double.NaN, 5));
  }

  /** By R's {@code binom.confint(x, n, methods = "wilson")}. */
  @Test
  void sharesAreWilsons() {
    Interval none = Interval.share(0, 10);
    assertEquals(0, none.low());
    assertEquals(0.2775328, none.high(), 1e-6);
    Interval all = Interval.share(10, 10);
    assertEquals(0.7224672, all.low(), 1e-6);
    assertEquals(1, all.high());
    Interval some = Interval.share(3, 10);
    assertEquals(0.1077913, some.low(), 1e-6);
    assertEquals(0.6032219, some.high(), 1e-6);
    Interval one = Interval.share(1, 1);
    assertTrue(one.low() > 0.2 && one.low() < 0.21, "" + one);
  }

  @Test
  void sharesNearTheBordersAreCovered() {
    for (double p : new double[] {0.02, 0.5, 0.98}) {
      double share =
          covered(
              random -> {
                int successes = 0;
                for (int i = 0; i < 40; i++) {
                  successes += random.nextDouble() < p ? 1 : 0;
                }
                Interval found = Interval.share(successes, 40);
                return found.low() <= p && p <= found.high();
              });
      assertTrue(share > 0.92, share + " at " + p);
    }
  }

  @Test
  void whatIsImpossibleIsCutOff() {
    assertEquals(new Interval(0, 2), new Interval(-1, 2).within(0, 5));
    assertEquals(new Interval(1, 5), new Interval(1, 7).within(0, 5));
  }
}
