package org.score4j.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The first bytes of a file that was taken for one of another kind. */
final class FileStart {
  private FileStart() {}

  /**
   * The bytes in words: as text where they are letters and the like.
   *
   * @param bytes at least one
   */
  static String words(ByteBuffer bytes) {
    String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    if (text.matches("[\\p{Print}\\s]+")) {
      return "begins with the text \"" + text.strip().replaceAll("\\s+", " ") + '"';
    }
    byte[] raw = new byte[bytes.remaining()];
    bytes.duplicate().get(raw);
    return "begins with the bytes " + HexFormat.ofDelimiter(" ").formatHex(raw);
  }
}
