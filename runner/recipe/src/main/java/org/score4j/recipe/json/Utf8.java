package org.score4j.recipe.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.score4j.recipe.plugin.BadInput;

/** Text in UTF-8 without its byte order mark. */
final class Utf8 {
  private static final int NONE = -1;

  private Utf8() {}

  /**
   * The text of a file's bytes.
   *
   * @throws BadInput with the place of the first byte that is none
   */
  static String text(Path file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    var result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int line = 1 + (int) text.chars().filter(letter -> letter == '\n').count();
      int column = text.length() - text.lastIndexOf('\n');
      String found =
          String.format(Locale.ROOT, "the byte 0x%02X is not UTF-8", bytes[in.position()] & 0xFF);
      throw new BadInput(
          file
              + ":"
              + line
              + ":"
              + column
              + ": "
              + (isUtf16(bytes) ? "is text in UTF-16" : found)
              + "; save the file as UTF-8");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean isUtf16(byte[] bytes) {
    int mark = bytes.length < 2 ? NONE : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    return mark == 0xFEFF || mark == 0xFFFE;
  }
}
