package org.score4j.data.vp8l;

/** Colors that were met before, by their hash (RFC 9649, 3.6.3). */
record ColorCache(int bits, int[] colors) {
  private static final int MULTIPLIER = 0x1e35a7bd;

  /** An empty cache; none of 0 bits. */
  static ColorCache of(int bits) {
    return new ColorCache(bits, new int[bits == 0 ? 0 : 1 << bits]);
  }

  void add(int argb) {
    if (bits > 0) {
      colors[MULTIPLIER * argb >>> Integer.SIZE - bits] = argb;
    }
  }
}
