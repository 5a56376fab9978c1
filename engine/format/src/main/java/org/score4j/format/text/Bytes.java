package org.score4j.format.text;

import java.util.Locale;

/** Amounts of memory as people read them. */
public final class Bytes {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  private static final double STEP = 1024;

  private Bytes() {}

  /** As in "1.5 GiB". */
  public static String shown(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    String format = unit > 0 && amount < 10 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, amount, UNITS[unit]);
  }
}
