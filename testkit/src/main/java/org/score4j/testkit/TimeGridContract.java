package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;

/**
 * What every {@link TimeGrid} must satisfy: for any process, {@code steps + 1} strictly decreasing
 * times from {@link Sde#endTime()} to {@link Sde#startTime()}.
 */
public interface TimeGridContract {

  /** The grid under test. */
  TimeGrid grid();

  /** Processes it is tried with. */
  List<Sde> sdes();

  /** The most steps it is tried with. */
  default int mostSteps() {
    return 2000;
  }

  @Test
  default void timesDecreaseFromTheEndExactlyToTheStart() {
    for (Sde sde : sdes()) {
      for (int steps : new int[] {1, 2, 3, 18, 250, mostSteps()}) {
        double[] times = grid().times(sde, steps);
        String what = grid() + ", " + sde + ", steps " + steps;
        assertEquals(steps + 1, times.length, what);
        assertEquals(sde.endTime(), times[0], what);
        assertEquals(sde.startTime(), times[steps], what);
        for (int i = 0; i < steps; i++) {
          assertTrue(times[i] > times[i + 1], what + ": " + times[i] + ", " + times[i + 1]);
        }
      }
    }
  }

  @Test
  default void aGridHasAStep() {
    for (Sde sde : sdes()) {
      assertThrows(InvalidValueException.class, () -> grid().times(sde, 0));
    }
  }
}
