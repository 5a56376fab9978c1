package org.score4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LearningRateSchedule;

class ScheduleTest {

  @Test
  void constantStaysOne() {
    assertEquals(1, new Constant().factor(1, 0, 10));
    assertEquals(1, new Constant().factor(10, 3, 10));
  }

  @Test
  void cosineFallsFromOneThroughTheMiddleToItsLast() {
    LearningRateSchedule cosine = new Cosine(0.2);
    assertEquals(1, cosine.factor(1, 0, 100));
    assertEquals(0.6, cosine.factor(51, 0, 100), 1e-12);
    assertEquals(0.2 + 0.4 * (1 + Math.cos(0.25 * Math.PI)), cosine.factor(26, 0, 100), 1e-12);
    assertEquals(0.6, cosine.factor(61, 20, 100), 1e-12);
    assertEquals(1, cosine.factor(21, 20, 100));
    assertEquals(1, cosine.factor(7, 20, 100));
  }

  @Test
  void linearFallsEvenly() {
    LearningRateSchedule linear = new Linear();
    assertEquals(1, linear.factor(1, 0, 4));
    assertEquals(0.75, linear.factor(2, 0, 4));
    assertEquals(0.25, linear.factor(4, 0, 4));
    assertEquals(0.5, linear.factor(7, 4, 8));
    assertEquals(0.55, new Linear(0.1).factor(3, 0, 4), 1e-12);
  }

  @Test
  void theLastUpdateStillMoves() {
    for (LearningRateSchedule schedule : new LearningRateSchedule[] {new Cosine(), new Linear()}) {
      assertTrue(schedule.factor(1000, 0, 1000) > 0);
      assertEquals(1, schedule.factor(5, 5, 5), "warm-up may last to the end");
    }
  }

  @Test
  void inverseSqrtWithItsWarmupIsThatOfTheTransformer() {
    int warmup = 40;
    for (long n : new long[] {1, 39, 40, 41, 90, 4000}) {
      double vaswani = Math.sqrt(warmup) * Math.min(1 / Math.sqrt(n), n * Math.pow(warmup, -1.5));
      double ours = Math.min(1, (double) n / warmup) * new InverseSqrt(40).factor(n, warmup, 9999);
      assertEquals(vaswani, ours, 1e-12);
    }
  }

  @Test
  void refusesFactorsThatAreNone() {
    assertThrows(InvalidValueException.class, () -> new Cosine(1.5));
    assertThrows(InvalidValueException.class, () -> new Linear(-0.1));
    assertThrows(InvalidValueException.class, () -> new InverseSqrt(0));
  }
}
