package org.score4j.data.image;

import java.io.IOException;

/**
 * The header of a PNG.
 *
 * @param depth bits of a sample or palette index
 * @param color the standard's color type: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and
 *     alpha
 */
record PngFormat(int height, int width, int depth, int color, boolean interlaced) {
  static final int PALETTE = 3;

  static PngFormat of(Bytes header) throws IOException {
    long width = header.u32(0);
    long height = header.u32(4);
    Extent.check(width, height);
    int depth = header.u8(8);
    int color = header.u8(9);
    boolean known =
        switch (color) {
          case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case 2, 4, 6 -> depth == 8 || depth == 16;
          default -> false;
        };
    if (!known || header.u8(10) != 0 || header.u8(11) != 0 || header.u8(12) > 1) {
      throw new IOException(
          "a damaged image: color type " + color + " of " + depth + " bits, which PNG lacks");
    }
    return new PngFormat((int) height, (int) width, depth, color, header.u8(12) == 1);
  }

  /** Samples of a pixel, as stored. */
  int samples() {
    return switch (color) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /** Bytes of a pixel, at least 1. */
  int pixelBytes() {
    return Math.max(1, samples() * depth / Byte.SIZE);
  }

  /** Bytes of a row of some pixels, without that of its filter. */
  int rowBytes(int columns) {
    return (int) (((long) columns * samples() * depth + Byte.SIZE - 1) / Byte.SIZE);
  }
}
