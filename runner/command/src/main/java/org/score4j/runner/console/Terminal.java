package org.score4j.runner.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What standard error leads to.
 *
 * @param interactive whether a line can be drawn over
 * @param escapes whether escape sequences are understood
 * @param color whether colours are wanted and understood
 * @param unicode whether block characters can be shown
 * @param width columns at this moment, at least 1
 */
public record Terminal(
    boolean interactive, boolean escapes, boolean color, boolean unicode, IntSupplier width) {
  private static final int USUAL_WIDTH = 80;
  private static final int LONGEST_LINE = 100;
  private static final long WIDTH_LIFE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A file or a pipe. */
  public static Terminal none() {
    return new Terminal(false, false, false, false, () -> USUAL_WIDTH);
  }

  /**
   * The terminal of this process. The launcher tells by the system property {@code
   * score4j.terminal} whether there is one; without it, a console must be on both standard input
   * and output, which is all the JDK can tell.
   */
  public static Terminal ofStandardError() {
    String told = System.getProperty("score4j.terminal", "");
    return of(
        told.isEmpty() ? System.console() != null : Boolean.parseBoolean(told),
        System.getenv(),
        charset("stderr.encoding"),
        System.getProperty("os.name", "").startsWith("Windows"));
  }

  /** Breaks text into lines that the terminal shows whole and that are not too long to read. */
  public Fold fold() {
    return new Fold(Math.min(LONGEST_LINE, width.getAsInt()));
  }

  static Terminal of(
      boolean present, Map<String, String> environment, Charset charset, boolean windows) {
    if (!present || environment.getOrDefault("TERM", "").equals("dumb")) {
      return none();
    }
    // https://no-color.org: any value but the empty one.
    boolean color = !windows && environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean unicode = charset.newEncoder().canEncode("\u2588\u2591");
    OptionalInt columns = positive(environment.getOrDefault("COLUMNS", ""));
    IntSupplier width =
        columns.isPresent() ? columns::getAsInt : windows ? () -> USUAL_WIDTH : measuredWidth();
    return new Terminal(true, !windows, color, unicode, width);
  }

  /**
   * The encoding of a standard stream.
   *
   * @param stream {@code "stdout.encoding"} or {@code "stderr.encoding"}
   */
  static Charset charset(String stream) {
    // Java 17 knows it by another name, and for terminals alone.
    String locale = System.getProperty("native.encoding", "US-ASCII");
    String name = System.getProperty(stream, System.getProperty("sun." + stream, locale));
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
  }

  // Asked again from time to time, as windows are resized.
  private static IntSupplier measuredWidth() {
    return new IntSupplier() {
      private int width = stty();
      private long measured = System.nanoTime();

      @Override
      public int getAsInt() {
        if (System.nanoTime() - measured > WIDTH_LIFE_NANOS) {
          width = stty();
          measured = System.nanoTime();
        }
        return width;
      }
    };
  }

  private static int stty() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return USUAL_WIDTH;
      }
      String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return positive(size.substring(size.indexOf(' ') + 1).strip()).orElse(USUAL_WIDTH);
    } catch (IOException e) {
      return USUAL_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }

  private static OptionalInt positive(String text) {
    return text.matches("[1-9][0-9]{0,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
