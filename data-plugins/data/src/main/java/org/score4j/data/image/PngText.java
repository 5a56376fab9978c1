package org.score4j.data.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** Orientations that text chunks of a PNG hold: XMP, and EXIF as ImageMagick writes it. */
final class PngText {
  private static final String XMP = "XML:com.adobe.xmp";
  private static final String RAW_EXIF = "Raw profile type exif";

  /** Enough for metadata; a chunk may unpack to any length. */
  private static final int LONGEST = 1 << 20;

  private PngText() {}

  /** The orientation that a chunk gives; empty if it gives none. */
  static Optional<Orientation> orientation(String type, byte[] chunk) {
    try {
      String all = new String(chunk, StandardCharsets.ISO_8859_1);
      int end = all.indexOf('\0');
      String keyword = all.substring(0, Math.max(0, end));
      if (keyword.equals(XMP)) {
        return Exif.xmpOrientation(text(type, all, end));
      }
      return keyword.equals(RAW_EXIF)
          ? Exif.orientation(raw(text(type, all, end)))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Damaged notes beside an image that is not.
      return Optional.empty();
    }
  }

  private static String text(String type, String all, int end) throws IOException {
    boolean international = type.equals("iTXt");
    boolean packed = type.equals("zTXt") || international && all.charAt(end + 1) == 1;
    int from = type.equals("tEXt") ? end + 1 : end + 2;
    if (international) {
      // Compression method, language and translated keyword.
      from = all.indexOf('\0', all.indexOf('\0', end + 3) + 1) + 1;
    }
    byte[] content = all.substring(from).getBytes(StandardCharsets.ISO_8859_1);
    if (!packed) {
      return all.substring(from);
    }
    try (var stream = new InflaterInputStream(new ByteArrayInputStream(content))) {
      return new String(stream.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    }
  }

  /** Name, length and hexadecimal digits, in lines. */
  private static byte[] raw(String text) {
    String[] lines = text.split("\n", 4);
    return HexFormat.of().parseHex(lines[3].replaceAll("\\s", ""));
  }
}
