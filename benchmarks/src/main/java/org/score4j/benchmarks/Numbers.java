package org.score4j.benchmarks;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private Numbers() {}

  /** Three digits that matter, and all before the point. */
  static String shown(double value) {
    double size = Math.abs(value);
    if (size == 0 || !Double.isFinite(value)) {
      return Double.toString(value);
    }
    int digits = 2 - (int) Math.floor(Math.log10(size));
    return size < 1e-4
        ? String.format(Locale.ROOT, "%.1e", value)
        : String.format(Locale.ROOT, "%,." + Math.max(0, digits) + "f", value);
  }
}
