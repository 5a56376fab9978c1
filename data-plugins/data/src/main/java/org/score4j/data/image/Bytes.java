package org.score4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The content of a file, read within its bounds. */
record Bytes(byte[] content, ByteOrder order) {

  static Bytes bigEndian(byte[] content) {
    return new Bytes(content, ByteOrder.BIG_ENDIAN);
  }

  static Bytes littleEndian(byte[] content) {
    return new Bytes(content, ByteOrder.LITTLE_ENDIAN);
  }

  int length() {
    return content.length;
  }

  /** Unsigned byte. */
  int u8(long at) throws IOException {
    check(at, 1);
    return Byte.toUnsignedInt(content[(int) at]);
  }

  /** Unsigned 16-bit integer. */
  int u16(long at) throws IOException {
    boolean big = order == ByteOrder.BIG_ENDIAN;
    return u8(big ? at : at + 1) << 8 | u8(big ? at + 1 : at);
  }

  /** Unsigned 24-bit integer. */
  int u24(long at) throws IOException {
    boolean big = order == ByteOrder.BIG_ENDIAN;
    return big ? u8(at) << 16 | u16(at + 1) : u8(at + 2) << 16 | u16(at);
  }

  /** Unsigned 32-bit integer. */
  long u32(long at) throws IOException {
    boolean big = order == ByteOrder.BIG_ENDIAN;
    return (long) u16(big ? at : at + 2) << 16 | u16(big ? at + 2 : at);
  }

  /** Whether a text of Latin-1 characters is at a position; false past the end. */
  boolean has(long at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    long end = at + wanted.length;
    return at >= 0
        && end <= content.length
        && Arrays.equals(content, (int) at, (int) end, wanted, 0, wanted.length);
  }

  /** Some Latin-1 characters. */
  String text(long at, int length) throws IOException {
    check(at, length);
    return new String(content, (int) at, length, StandardCharsets.ISO_8859_1);
  }

  /** A copy of a piece. */
  byte[] piece(long at, long length) throws IOException {
    check(at, length);
    return Arrays.copyOfRange(content, (int) at, (int) (at + length));
  }

  private void check(long at, long length) throws IOException {
    if (at < 0 || length < 0 || at > content.length - length) {
      throw new EOFException("the file ends too early");
    }
  }
}
