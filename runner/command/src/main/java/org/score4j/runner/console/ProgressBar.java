package org.score4j.runner.console;

import org.score4j.api.Progress;

/** Progress of one piece of work, shown by a {@link ProgressDisplay} until it is closed. */
public final class ProgressBar implements Progress, AutoCloseable {
  private static final double NANOS = 1e9;

  private final ProgressDisplay display;
  private final String label;
  private final String unit;
  private final Pace pace;
  private final long firstDone;
  private final long beganNanos;
  private final RecentRate rate = new RecentRate();
  private long lastNanos;
  private long done;
  private long total;
  private boolean stepped;
  private long toldDone = -1;
  private String note = "";

  ProgressBar(
      ProgressDisplay display, String label, String unit, long done, Pace pace, long nowNanos) {
    this.display = display;
    this.label = label;
    this.unit = unit;
    this.done = done;
    this.pace = pace;
    firstDone = done;
    beganNanos = nowNanos;
    lastNanos = nowNanos;
  }

  @Override
  public void step(long done, long total) {
    display.step(this, done, total);
  }

  /** A value to show beside the progress, for example {@code "loss 0.0123"}; empty for none. */
  public void note(String note) {
    display.note(this, note);
  }

  /** Leaves the last state on display; closing again does nothing. */
  @Override
  public void close() {
    display.close(this);
  }

  // The rest is called by the display, which holds its lock.

  void advance(long nowDone, long nowTotal, long nowNanos) {
    // The first step pays for set-up: building and compiling the graph.
    if (stepped) {
      rate.add(nowDone - done, (nowNanos - lastNanos) / NANOS);
    }
    stepped = true;
    done = nowDone;
    total = nowTotal;
    lastNanos = nowNanos;
  }

  void setNote(String nowNote) {
    note = nowNote;
  }

  boolean stepped() {
    return stepped;
  }

  void tell() {
    toldDone = done;
  }

  /** Whether the present count has been shown. */
  boolean told() {
    return toldDone == done;
  }

  boolean due(long nowNanos) {
    return pace.due(elapsed(nowNanos));
  }

  ProgressLine line(long nowNanos) {
    return line(rate.perSecond(), nowNanos);
  }

  /** With the rate of the whole work. */
  ProgressLine lastLine(long nowNanos) {
    return line((done - firstDone) / Math.max(1e-9, elapsed(nowNanos)), nowNanos);
  }

  private ProgressLine line(double perSecond, long nowNanos) {
    return new ProgressLine(label, done, total, unit, perSecond, note, elapsed(nowNanos));
  }

  private double elapsed(long nowNanos) {
    return (nowNanos - beganNanos) / NANOS;
  }
}
