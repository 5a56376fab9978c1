package org.score4j.runner.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.score4j.format.FileFault;
import org.score4j.format.text.Visible;

/**
 * Where a command's results go. It remembers that something could not be written, which {@link
 * PrintStream} keeps to itself: output that is lost is no success.
 */
public final class StandardOutput {
  private final OutputStream sink;
  private final Charset charset;
  private final Visible visible;
  private final Lines lines = new Lines(this::write);
  private Optional<IOException> fault = Optional.empty();

  /**
   * An output.
   *
   * @param sink where its bytes go
   * @param charset its encoding; what that lacks is escaped
   */
  public StandardOutput(OutputStream sink, Charset charset) {
    this.sink = sink;
    this.charset = charset;
    visible = new Visible(charset);
  }

  /** That of this process. */
  public static StandardOutput ofProcess() {
    return new StandardOutput(
        new FileOutputStream(FileDescriptor.out), Terminal.charset("stdout.encoding"));
  }

  /** For results: whole lines, in which nothing reaches a terminal that it would obey. */
  public PrintStream lines() {
    return new PrintStream(lines, false, StandardCharsets.UTF_8);
  }

  /** For our own text alone, such as help in colors. */
  public PrintWriter plain() {
    return new PrintWriter(
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int count) {
            StandardOutput.this.write(bytes, from, count);
          }
        },
        true,
        charset);
  }

  /** Writes what is left; returns why output was lost, if any was. */
  public Optional<String> finish() {
    lines.rest();
    return fault.map(FileFault::reason);
  }

  private void write(String text) {
    byte[] bytes = visible.text(text).getBytes(charset);
    write(bytes, 0, bytes.length);
  }

  private synchronized void write(byte[] bytes, int from, int count) {
    if (fault.isPresent()) {
      return;
    }
    try {
      sink.write(bytes, from, count);
      sink.flush();
    } catch (IOException e) {
      fault = Optional.of(e);
    }
  }
}
