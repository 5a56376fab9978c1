package org.score4j.data.image;

import java.io.IOException;

/**
 * The headers of a bitmap.
 *
 * @param compression 0 none, 1 runs of 8 bits, 2 runs of 4 bits, 3 and 6 masks
 * @param colors entries of the palette
 * @param palette where the palette begins
 * @param paletteEntry bytes of one of its entries
 * @param data where the pixels begin
 * @param masks bits of red, green, blue and alpha, the last 0 if there is none
 */
record BmpHeader(
    int height,
    int width,
    boolean topDown,
    int bits,
    int compression,
    int colors,
    long palette,
    int paletteEntry,
    long data,
    long[] masks) {
  private static final int FILE_HEADER = 14;
  private static final int CORE = 12;
  private static final int INFO = 40;
  private static final int WITH_ALPHA = 56;
  private static final int LONGEST = 124;
  private static final int MASKS = 3;
  private static final int MASKS_WITH_ALPHA = 6;

  static BmpHeader of(Bytes file) throws IOException {
    long size = file.u32(FILE_HEADER);
    boolean core = size == CORE;
    if (!core && (size < INFO || size > LONGEST)) {
      throw new IOException("a bitmap whose header has " + size + " bytes, which is none known");
    }
    long width = core ? file.u16(18) : (int) file.u32(18);
    long signedHeight = core ? file.u16(20) : (int) file.u32(22);
    long height = Math.abs(signedHeight);
    Extent.check(width, height);
    int bits = file.u16(core ? 24 : 28);
    int compression = (int) (core ? 0 : file.u32(30));
    boolean known =
        switch (compression) {
          case 0 ->
              bits == 1
                  || bits == 2
                  || bits == 4
                  || bits == 8
                  || bits == 16
                  || bits == 24
                  || bits == 32;
          case 1 -> bits == 8;
          case 2 -> bits == 4;
          case MASKS, MASKS_WITH_ALPHA -> size != 64 && (bits == 16 || bits == 32);
          default -> false;
        };
    if (!known) {
      throw new IOException(
          "a bitmap of "
              + bits
              + " bits a pixel and compression "
              + compression
              + ", which is not read");
    }
    boolean masked = compression == MASKS || compression == MASKS_WITH_ALPHA;
    long palette = FILE_HEADER + size + (masked && size == INFO ? 4 * compression : 0);
    int entry = core ? 3 : 4;
    long colors = core ? 0 : file.u32(46);
    colors = bits > 8 ? 0 : colors == 0 || colors > 1 << bits ? 1 << bits : colors;
    long data = file.u32(10);
    if (data == 0) {
      data = palette + entry * colors;
    }
    // A palette may be cut short by the pixels: of OS/2, where headers count no colors.
    if (core && data > palette) {
      colors = Math.min(colors, (data - palette) / entry);
    }
    return new BmpHeader(
        (int) height,
        (int) width,
        signedHeight < 0,
        bits,
        compression,
        (int) colors,
        palette,
        entry,
        data,
        masked ? masks(file, size, compression) : usual(bits));
  }

  private static long[] usual(int bits) {
    return bits == 16
        ? new long[] {0x7c00, 0x3e0, 0x1f, 0}
        : new long[] {0xff0000, 0xff00, 0xff, 0};
  }

  private static long[] masks(Bytes file, long size, int compression) throws IOException {
    long[] masks = new long[4];
    boolean alpha = size >= WITH_ALPHA || size == INFO && compression == MASKS_WITH_ALPHA;
    for (int i = 0; i < (alpha ? 4 : 3); i++) {
      masks[i] = file.u32(54 + 4L * i);
      long run = masks[i] >> Long.numberOfTrailingZeros(masks[i] | 1L << 40);
      if (i < 3 && masks[i] == 0 || (run & run + 1) != 0) {
        throw new IOException("a damaged image: the mask " + Long.toHexString(masks[i]));
      }
    }
    return masks;
  }

  /** Whether runs of equal pixels are stored as such. */
  boolean packed() {
    return compression == 1 || compression == 2;
  }
}
