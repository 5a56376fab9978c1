package org.score4j.runner.console;

/** When to speak: at once, then at intervals that grow by a factor up to a limit. */
final class Pace {
  private final double factor;
  private final double limitSeconds;
  private double intervalSeconds;
  private double nextSeconds = Double.NEGATIVE_INFINITY;

  private Pace(double intervalSeconds, double factor, double limitSeconds) {
    this.intervalSeconds = intervalSeconds;
    this.factor = factor;
    this.limitSeconds = limitSeconds;
  }

  /** For a line that is drawn over: ten times a second. */
  static Pace redrawing() {
    return new Pace(0.1, 1, 0.1);
  }

  /** For lines that stay: after 5 seconds, growing to 30. */
  static Pace logging() {
    return new Pace(5, 1.5, 30);
  }

  /** Whether it is time; if so, the next interval begins. */
  boolean due(double nowSeconds) {
    if (nowSeconds < nextSeconds) {
      return false;
    }
    boolean first = nextSeconds == Double.NEGATIVE_INFINITY;
    intervalSeconds = first ? intervalSeconds : Math.min(limitSeconds, intervalSeconds * factor);
    nextSeconds = nowSeconds + intervalSeconds;
    return true;
  }
}
