package org.score4j.data.image;

/** Samples of any number of bits as bytes. */
final class Depth {
  private Depth() {}

  /** The nearest of 256 levels: {@code round(255 sample / (2^bits - 1))}, for up to 16 bits. */
  static byte toByte(int sample, int bits) {
    int largest = (1 << bits) - 1;
    return (byte) (bits == Byte.SIZE ? sample : (2 * 255L * sample + largest) / (2L * largest));
  }
}
