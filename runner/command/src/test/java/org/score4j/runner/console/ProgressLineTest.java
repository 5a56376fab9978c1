package org.score4j.runner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private static final BarStyle ASCII = new BarStyle(false, false);

  private final ProgressLine line =
      new ProgressLine("train", 2500, 10_000, "step", 12.34, "loss 0.0123", 203);

  @Test
  void tellsEverythingWhereThereIsRoom() {
    assertEquals(
        "train   25%  ##########..............................  2500/10000  12.3 steps/s  loss 0.0123"
            + "  3:23  10:07 left",
        line.bar(200, ASCII));
  }

  @Test
  void fillsTheWidthWithTheBar() {
    assertEquals(90, line.bar(90, ASCII).length());
  }

  @Test
  void neverExceedsTheWidth() {
    for (int width = 0; width < 120; width++) {
      assertTrue(line.bar(width, ASCII).length() <= width, "width " + width);
    }
  }

  @Test
  void dropsTheLeastImportantFirst() {
    assertEquals("train   25%  loss 0.0123  10:07 left", line.bar(37, ASCII));
    assertEquals("train   25%", line.bar(12, ASCII));
    assertEquals("tra", line.bar(3, ASCII));
  }

  @Test
  void reads100PercentOnlyWhenAllIsDone() {
    assertTrue(counted(9_999, 10_000).bar(79, ASCII).contains(" 99%"));
    assertTrue(counted(10_000, 10_000).bar(79, ASCII).contains("100%"));
  }

  @Test
  void countsWhenTheTotalIsUnknown() {
    assertEquals("train: 7 steps, 0:09 elapsed", counted(7, 0).plain());
    assertEquals("train  7 steps  0:09", counted(7, 0).bar(79, ASCII));
  }

  @Test
  void slowStepsAreTimed() {
    ProgressLine slow = new ProgressLine("train", 1, 3, "step", 0.4, "", 9);
    assertEquals("train: 1/3 (33%), 2.50 s/step, 0:09 elapsed, 0:05 left", slow.plain());
  }

  @Test
  void saysNothingOfTimeLeftWhenDone() {
    assertFalse(counted(10, 10).plain().contains("left"));
  }

  @Test
  void coloursTakeNoRoom() {
    String colored = line.bar(90, new BarStyle(true, true));
    assertEquals(90, colored.replaceAll("\u001b\\[[0-9]+m", "").length());
    assertTrue(colored.contains("\u001b[36m\u2588"));
  }

  private static ProgressLine counted(long done, long total) {
    return new ProgressLine("train", done, total, "step", 0, "", 9);
  }
}
