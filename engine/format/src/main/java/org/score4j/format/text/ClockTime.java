package org.score4j.format.text;

import java.util.Locale;

/** A duration as clocks show it: 0:07, 1:23, 2:03:04. */
public final class ClockTime {
  private ClockTime() {}

  /** The text for a number of seconds, rounded down; negative ones count as 0. */
  public static String of(double seconds) {
    long whole = (long) Math.max(0, seconds);
    long hours = whole / 3600;
    long minutes = whole / 60 % 60;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60);
  }
}
