package org.score4j.data.vp8l;

import java.io.EOFException;

/** Reads bits, the least significant of a byte first. */
final class BitReader {
  private final byte[] data;
  private long at;

  BitReader(byte[] data, int from) {
    this.data = data;
    at = (long) from * Byte.SIZE;
  }

  int bit() throws EOFException {
    int index = (int) (at >> 3);
    if (index >= data.length) {
      throw new EOFException("the file ends too early, in its chunk VP8L");
    }
    return data[index] >> (int) (at++ & 7) & 1;
  }

  boolean flag() throws EOFException {
    return bit() == 1;
  }

  /** An unsigned integer of up to 24 bits. */
  int bits(int count) throws EOFException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= bit() << i;
    }
    return value;
  }
}
