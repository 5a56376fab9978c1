package org.score4j.runner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  @Test
  void linesAreWrittenInTheEncodingOfTheTerminalAndHelpAsItIs() {
    var bytes = new ByteArrayOutputStream();
    var output = new StandardOutput(bytes, StandardCharsets.ISO_8859_1);
    output.lines().print("ä 日\u001b[2J\n");
    var words = output.plain();
    words.print("\u001b[1mü\u001b[m\n");
    words.flush();
    output.lines().print("an unfinished line");
    assertEquals(Optional.empty(), output.finish());
    assertEquals(
        "ä \\u65e5\\u001b[2J\n\u001b[1mü\u001b[m\nan unfinished line",
        bytes.toString(StandardCharsets.ISO_8859_1));
  }

  @Test
  void outputThatCouldNotBeWrittenIsTold() {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    var output = new StandardOutput(full, StandardCharsets.UTF_8);
    output.lines().println("result");
    assertEquals(Optional.of("No space left on device"), output.finish());
  }
}
