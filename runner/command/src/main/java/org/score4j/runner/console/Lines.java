package org.score4j.runner.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes bytes of text in UTF-8 and passes it on in whole lines, each with its line feed. */
final class Lines extends OutputStream {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Consumer<String> each;

  Lines(Consumer<String> each) {
    this.each = each;
  }

  @Override
  public synchronized void write(int b) {
    line.write(b);
    if (b == '\n') {
      rest();
    }
  }

  /** Passes on a line that has no line feed yet, if there is one. */
  synchronized void rest() {
    if (line.size() > 0) {
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      each.accept(text);
    }
  }
}
