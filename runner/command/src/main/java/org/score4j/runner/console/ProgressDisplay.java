package org.score4j.runner.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.score4j.format.text.Visible;

/**
 * Shows progress: on a terminal as one line drawn over, elsewhere as a line from time to time. Work
 * may nest; the innermost is shown. Any thread may call.
 */
public final class ProgressDisplay {
  /** Switch off and on that a line too long for the terminal goes on in the next row (DECAWM). */
  private static final String CLIP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  private static final String ERASE_REST = "\u001b[K";

  private final PrintStream out;
  private final Visible visible;
  private final Terminal terminal;
  private final BarStyle style;
  private final LongSupplier nanoTime;
  private final Deque<ProgressBar> open = new ArrayDeque<>();
  // Visible columns of the line that the cursor stands on.
  private int drawn;

  /**
   * A display.
   *
   * @param out where to show progress, usually standard error
   * @param charset its encoding
   * @param terminal what {@code out} leads to
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  public ProgressDisplay(
      PrintStream out, Charset charset, Terminal terminal, LongSupplier nanoTime) {
    this.out = out;
    visible = new Visible(charset);
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    style = new BarStyle(terminal.unicode(), terminal.color());
  }

  /** A display on the standard error of this process. */
  public static ProgressDisplay onStandardError() {
    Charset charset = Terminal.charset("stderr.encoding");
    return new ProgressDisplay(
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, charset),
        charset,
        Terminal.ofStandardError(),
        System::nanoTime);
  }

  /**
   * Begins to show work.
   *
   * @param label what is done, for example {@code "train"}
   * @param unit one step, in the singular, for example {@code "step"}
   * @param done steps that were done before, more than 0 in resumed work
   */
  public synchronized ProgressBar begin(String label, String unit, long done) {
    Pace pace = terminal.interactive() ? Pace.redrawing() : Pace.logging();
    ProgressBar bar =
        new ProgressBar(this, visible.text(label), unit, done, pace, nanoTime.getAsLong());
    open.push(bar);
    return bar;
  }

  /** Prints a line, or several, above the bar; nothing in it reaches a terminal that it obeys. */
  public synchronized void println(String text) {
    erase();
    out.println(visible.text(text));
    if (terminal.interactive() && !open.isEmpty() && open.peek().stepped()) {
      draw(open.peek().line(nanoTime.getAsLong()));
    }
    out.flush();
  }

  /**
   * A stream whose lines go to {@link #println}, for whoever writes to {@link System#err}; an
   * unfinished line waits for its end.
   */
  public PrintStream lines() {
    return new PrintStream(
        new Lines(line -> println(line.replaceFirst("\\r?\\n$", ""))),
        false,
        StandardCharsets.UTF_8);
  }

  synchronized void step(ProgressBar bar, long done, long total) {
    long now = nanoTime.getAsLong();
    bar.advance(done, total, now);
    if (bar == open.peek() && bar.due(now)) {
      show(bar, bar.line(now));
    }
  }

  synchronized void note(ProgressBar bar, String note) {
    bar.setNote(visible.text(note));
  }

  synchronized void close(ProgressBar bar) {
    if (!open.remove(bar)) {
      return;
    }
    if (bar.stepped()) {
      if (terminal.interactive() || !bar.told()) {
        show(bar, bar.lastLine(nanoTime.getAsLong()));
      }
      if (drawn > 0) {
        out.println();
        drawn = 0;
      }
    }
    out.flush();
  }

  private void show(ProgressBar bar, ProgressLine line) {
    bar.tell();
    if (terminal.interactive()) {
      draw(line);
    } else {
      out.println(line.plain());
    }
    out.flush();
  }

  private void draw(ProgressLine line) {
    int width = room();
    String text = line.bar(width, style);
    // A window that has just been narrowed is narrower than we know.
    out.print("\r" + (terminal.escapes() ? CLIP + text + ERASE_REST + WRAP : padded(text, width)));
    drawn = visibleLength(text);
  }

  private String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, Math.min(drawn, width) - visibleLength(text)));
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\r" + (terminal.escapes() ? ERASE_REST : padded("", room()) + "\r"));
      drawn = 0;
    }
  }

  // The last column stays free: a terminal may wrap as soon as it is written.
  private int room() {
    return Math.max(1, terminal.width().getAsInt() - 1);
  }

  private static int visibleLength(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }
}
