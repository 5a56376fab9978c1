package org.score4j.runner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressDisplayTest {
  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void redrawsTenTimesASecond() {
    ProgressDisplay display = terminal(60);
    try (ProgressBar bar = display.begin("train", "step", 0)) {
      for (int i = 1; i <= 1000; i++) {
        pass(0.001);
        bar.step(i, 2000);
      }
      assertEquals(10, printed().chars().filter(c -> c == '\r').count());
    }
  }

  @Test
  void barStaysWhenClosedAndShowsTheLastStep() {
    ProgressDisplay display = terminal(58);
    try (ProgressBar bar = display.begin("sample", "step", 0)) {
      bar.note("snr 0.16");
      pass(1);
      bar.step(1, 2);
      pass(0.01);
      bar.step(2, 2);
    }
    List<String> screen = screen();
    assertEquals(List.of("sample  100%  ########  2/2  1.98 steps/s  snr 0.16  0:01", ""), screen);
  }

  @Test
  void shorterLinesLeaveNoRestOfLongerOnes() {
    ProgressDisplay display = terminal(60);
    ProgressBar bar = display.begin("train", "step", 0);
    bar.note("a long note about the loss");
    bar.step(1, 0);
    bar.note("");
    pass(1);
    bar.step(2, 0);
    assertEquals(List.of("train  2 steps  1.00 steps/s  0:01"), screen());
  }

  @Test
  void printedLinesStandAboveTheBar() {
    ProgressDisplay display = terminal(60);
    ProgressBar bar = display.begin("train", "step", 0);
    pass(1);
    bar.step(1, 0);
    display.println("checkpoint written");
    PrintStream lines = display.lines();
    lines.print("half ");
    lines.println("and half");
    assertEquals(List.of("checkpoint written", "half and half", "train  1 steps  0:01"), screen());
  }

  @Test
  void outerWorkComesBackAfterInnerWork() {
    ProgressDisplay display = terminal(60);
    ProgressBar outer = display.begin("train", "step", 0);
    outer.step(1, 0);
    try (ProgressBar inner = display.begin("preview", "step", 0)) {
      pass(1);
      inner.step(1, 0);
      outer.step(2, 0);
    }
    pass(1);
    outer.step(3, 0);
    assertEquals(2, screen().size());
    assertTrue(screen().get(0).startsWith("preview  1 steps"), screen()::toString);
    assertTrue(screen().get(1).startsWith("train  3 steps"), screen()::toString);
  }

  @Test
  void logsTheFirstStepThenEver5To30SecondsAndTheLast() {
    ProgressDisplay display = display(Terminal.none());
    List<Long> told = new ArrayList<>();
    try (ProgressBar bar = display.begin("train", "step", 0)) {
      for (long second = 1; second <= 120; second++) {
        pass(1);
        int before = bytes.size();
        bar.step(second, 1000);
        if (bytes.size() > before) {
          told.add(second);
        }
      }
    }
    // Intervals of 5, 7.5, 11.25, 16.9, 25.3, 30, to whole steps.
    assertEquals(List.of(1L, 6L, 14L, 26L, 43L, 69L, 99L), told);
    String[] lines = printed().split("\n");
    assertEquals("train: 6/1000 (0%), 1.00 steps/s, 0:06 elapsed, 16:34 left", lines[1]);
    assertEquals(
        "train: 120/1000 (12%), 1.00 steps/s, 2:00 elapsed, 14:40 left", lines[lines.length - 1]);
    assertFalse(printed().contains("\r"));
  }

  @Test
  void logTellsALastStepOnce() {
    ProgressDisplay display = display(Terminal.none());
    try (ProgressBar bar = display.begin("train", "step", 0)) {
      bar.step(1, 1);
    }
    assertEquals("train: 1/1 (100%), 0:00 elapsed\n", printed());
  }

  @Test
  void resumedWorkIsTimedByItsOwnSteps() {
    ProgressDisplay display = display(Terminal.none());
    try (ProgressBar bar = display.begin("train", "step", 500)) {
      pass(7);
      bar.step(501, 1000);
      pass(1);
      bar.step(503, 1000);
      pass(4.5);
      bar.step(512, 1000);
    }
    // The first step, 7 s with its set-up, does not count: 11 steps in 5.5 s.
    assertTrue(printed().contains("512/1000 (51%), 2.00 steps/s"), this::printed);
  }

  @Test
  void workWithoutStepsShowsNothing() {
    terminal(60).begin("train", "step", 0).close();
    assertEquals("", printed());
  }

  @Test
  void aWindowThatWasJustNarrowedGetsNoSecondRow() {
    ProgressDisplay display = display(new Terminal(true, true, false, false, () -> 60));
    try (ProgressBar bar = display.begin("train", "step", 0)) {
      for (int i = 1; i <= 3; i++) {
        pass(1);
        bar.step(i, 3);
      }
    }
    assertEquals(List.of("train  100%  ################", ""), rowsOf(30));
  }

  /** What a terminal of so many columns shows, which knows how to clip lines. */
  private List<String> rowsOf(int columns) {
    List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    boolean wraps = true;
    int column = 0;
    String all = printed();
    for (int i = 0; i < all.length(); i++) {
      char c = all.charAt(i);
      if (c == 27 && all.startsWith("[K", i + 1)) {
        rows.get(rows.size() - 1).setLength(Math.min(column, columns - 1));
        i += 2;
      } else if (c == 27) {
        wraps = all.startsWith("[?7h", i + 1);
        assertTrue(wraps || all.startsWith("[?7l", i + 1), all);
        i += 4;
      } else if (c == '\n' || column == columns && wraps && c != '\r') {
        rows.add(new StringBuilder());
        column = 0;
      } else if (c == '\r') {
        column = 0;
      }
      if (c >= ' ' && column < columns) {
        StringBuilder row = rows.get(rows.size() - 1);
        row.replace(column, Math.min(row.length(), column + 1), String.valueOf(c));
        column++;
      }
    }
    return rows.stream().map(row -> row.toString().stripTrailing()).toList();
  }

  private ProgressDisplay terminal(int width) {
    return display(new Terminal(true, false, false, false, () -> width));
  }

  private ProgressDisplay display(Terminal terminal) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressDisplay(out, StandardCharsets.UTF_8, terminal, nanos::get);
  }

  private void pass(double seconds) {
    nanos.addAndGet(Math.round(seconds * 1e9));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** What a terminal shows of the output: a carriage return goes back to the first column. */
  private List<String> screen() {
    List<String> rows = new ArrayList<>();
    for (String line : printed().split("\n", -1)) {
      StringBuilder row = new StringBuilder();
      for (String part : line.split("\r")) {
        row.replace(0, Math.min(row.length(), part.length()), part);
      }
      rows.add(row.toString().stripTrailing());
    }
    return rows;
  }
}
