package org.score4j.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a tar archive (POSIX ustar) front to back: blocks of 512 bytes, a header before each file
 * with its name, its length in octal digits and the sum of the header's bytes.
 */
final class TarArchive {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int LENGTH = 124;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;

  private final InputStream stream;
  private String name = "";
  private long rest;
  private long padding;

  TarArchive(InputStream stream) {
    this.stream = stream;
  }

  /**
   * Goes to the next plain file.
   *
   * @return whether there is one
   */
  boolean next() throws IOException {
    while (true) {
      stream.skipNBytes(rest + padding);
      rest = 0;
      padding = 0;
      byte[] header = stream.readNBytes(BLOCK);
      if (header.length == 0 || Arrays.equals(header, new byte[BLOCK])) {
        return false;
      }
      if (header.length < BLOCK) {
        throw new EOFException();
      }
      check(header);
      rest = octal(header, LENGTH, 12);
      padding = (BLOCK - rest % BLOCK) % BLOCK;
      name = text(header, 0, NAME);
      if (header[TYPE] == '0' || header[TYPE] == 0) {
        return true;
      }
    }
  }

  /** Name of the file, with the folders before it. */
  String name() {
    return name;
  }

  /** How long the file is. */
  long length() {
    return rest;
  }

  /** All of the file's content, whose length the caller has checked. */
  byte[] content() throws IOException {
    byte[] content = stream.readNBytes((int) rest);
    if (content.length < rest) {
      throw new EOFException();
    }
    rest = 0;
    return content;
  }

  private static void check(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      // The checksum's own eight bytes count as spaces.
      sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : Byte.toUnsignedInt(header[i]);
    }
    if (sum != octal(header, CHECKSUM, 8)) {
      throw new IOException("a header whose checksum is wrong");
    }
  }

  private static long octal(byte[] header, int from, int length) throws IOException {
    String digits = text(header, from, length).strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw new IOException("a header whose numbers are not octal");
    }
    return Long.parseLong(digits, 8);
  }

  private static String text(byte[] header, int from, int length) {
    String field = new String(header, from, length, StandardCharsets.UTF_8);
    int end = field.indexOf('\0');
    return end < 0 ? field : field.substring(0, end);
  }
}
