package org.score4j.runner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RecentRateTest {

  @Test
  void steadyWorkHasItsRateFromTheFirstInterval() {
    RecentRate rate = new RecentRate();
    for (int i = 0; i < 5; i++) {
      rate.add(3, 0.25);
      assertEquals(12, rate.perSecond(), 1e-12);
    }
  }

  @Test
  void newSpeedCountsByTheExponentialOfItsAge() {
    RecentRate rate = new RecentRate();
    // 1500 s at 1 step/s fill the memory of 15 s; then 15 s at 3 steps/s leave 1/e of the old
    // speed.
    for (int i = 0; i < 15_000; i++) {
      rate.add(0.1, 0.1);
    }
    for (int i = 0; i < 150; i++) {
      rate.add(0.3, 0.1);
    }
    assertEquals(3 - 2 / Math.E, rate.perSecond(), 1e-3);
  }

  @Test
  void isUnknownAtFirst() {
    assertEquals(0, new RecentRate().perSecond());
  }
}
