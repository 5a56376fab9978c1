package org.score4j.data.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orientations that metadata give: EXIF's tag 274, or XMP's {@code tiff:Orientation}. */
final class Exif {
  private static final int ORIENTATION = 274;
  private static final int ENTRY = 12;
  private static final int SHORT = 3;
  private static final String MARK = "Exif\0\0";
  private static final Pattern XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private Exif() {}

  /**
   * The orientation in a block of EXIF, with or without the mark that JPEG puts before it; empty if
   * it is damaged or gives none.
   */
  static Optional<Orientation> orientation(byte[] block) {
    boolean marked = Bytes.bigEndian(block).has(0, MARK);
    byte[] tiff = marked ? Arrays.copyOfRange(block, MARK.length(), block.length) : block;
    boolean little = Bytes.bigEndian(tiff).has(0, "II");
    Bytes bytes = little ? Bytes.littleEndian(tiff) : Bytes.bigEndian(tiff);
    try {
      long directory = bytes.u32(4);
      int entries = bytes.u16(directory);
      for (int i = 0; i < entries; i++) {
        long at = directory + 2 + (long) ENTRY * i;
        if (bytes.u16(at) == ORIENTATION) {
          long value = bytes.u16(at + 2) == SHORT ? bytes.u16(at + 8) : bytes.u32(at + 8);
          return Optional.of(Orientation.of((int) Math.min(value, Integer.MAX_VALUE)));
        }
      }
    } catch (IOException e) {
      // Damaged notes beside an image that is not.
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** The orientation in a packet of XMP. */
  static Optional<Orientation> xmpOrientation(byte[] packet) {
    return xmpOrientation(new String(packet, StandardCharsets.ISO_8859_1));
  }

  /** The same for its text. */
  static Optional<Orientation> xmpOrientation(String packet) {
    Matcher found = XMP.matcher(packet);
    return found.find()
        ? Optional.of(Orientation.of(Integer.parseInt(found.group(1))))
        : Optional.empty();
  }
}
