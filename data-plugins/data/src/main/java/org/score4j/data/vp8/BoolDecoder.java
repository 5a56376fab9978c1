package org.score4j.data.vp8;

import java.io.IOException;

/**
 * The arithmetic decoder of VP8 (RFC 6386, section 7); past the end of its data there are zeros.
 */
final class BoolDecoder {
  private static final int HALF = 128;

  private final byte[] data;
  private final int end;
  private int at;
  private int value;
  private int range = 255;
  private int shifts;
  private long shifted;
  private boolean exhausted;
  private final long length;

  /**
   * A decoder of some bytes.
   *
   * @throws IOException if no encoder makes such
   */
  BoolDecoder(byte[] data, int from, int end) throws IOException {
    this.data = data;
    this.at = from;
    this.end = end;
    length = end - from;
    value = next() << Byte.SIZE | next();
    if (value >= range << Byte.SIZE) {
      throw new IOException("a damaged image: arithmetic codes out of their range");
    }
  }

  private int next() {
    return at < end ? Byte.toUnsignedInt(data[at++]) : 0;
  }

  /** A bit that is 0 with a probability of {@code probability / 256}. */
  int bit(int probability) {
    // A decision takes eight bits.
    exhausted |= shifted + Byte.SIZE > length * Byte.SIZE;
    int split = 1 + ((range - 1) * probability >> Byte.SIZE);
    boolean one = value >= split << Byte.SIZE;
    value -= one ? split << Byte.SIZE : 0;
    range = one ? range - split : split;
    while (range < HALF) {
      value <<= 1;
      range <<= 1;
      shifted++;
      if (++shifts == Byte.SIZE) {
        shifts = 0;
        value |= next();
      }
    }
    return one ? 1 : 0;
  }

  /** Whether more was read than there is: the data are cut or damaged. */
  boolean exhausted() {
    return exhausted;
  }

  boolean flag() {
    return bit(HALF) == 1;
  }

  /** An unsigned integer of some bits. */
  int literal(int bits) {
    int literal = 0;
    for (int i = 0; i < bits; i++) {
      literal = literal << 1 | bit(HALF);
    }
    return literal;
  }

  /** An integer of some bits and a sign. */
  int signed(int bits) {
    int magnitude = literal(bits);
    return flag() ? -magnitude : magnitude;
  }

  /** The same if a flag says that there is one, else 0. */
  int optional(int bits) {
    return flag() ? signed(bits) : 0;
  }
}
