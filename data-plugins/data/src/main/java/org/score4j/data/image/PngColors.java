package org.score4j.data.image;

import java.io.IOException;

/** Turns stored samples of a PNG into 8-bit colors, with alpha where the file has any. */
final class PngColors {
  private static final int ENTRY = 3;

  private final PngFormat png;
  private final byte[] palette;
  private final byte[] transparency;
  private final int colors;

  PngColors(PngFormat png, byte[] palette, byte[] transparency) throws IOException {
    this.png = png;
    this.palette = palette;
    this.transparency = transparency;
    boolean indexed = png.color() == PngFormat.PALETTE;
    if (indexed && (palette.length == 0 || palette.length % ENTRY != 0)) {
      throw new IOException("a damaged image: a palette of " + palette.length + " bytes");
    }
    int key = 2 * png.samples();
    boolean keyed = png.color() == 0 || png.color() == 2;
    if (keyed && transparency.length > 0 && transparency.length != key) {
      throw new IOException("a damaged image: a transparent color of the wrong length");
    }
    colors = indexed ? (Palettes.grey(palette) ? 1 : 3) : png.samples() < 3 ? 1 : 3;
  }

  int bands() {
    boolean alpha = png.color() == 4 || png.color() == 6 || transparency.length > 0;
    return alpha ? colors + 1 : colors;
  }

  /**
   * Converts a row.
   *
   * @param into where the samples go, a pixel every {@code step} bytes from {@code start} on
   */
  void convert(byte[] line, int columns, byte[] into, int start, int step) throws IOException {
    int to = start;
    for (int x = 0; x < columns; x++, to += step) {
      if (png.color() == PngFormat.PALETTE) {
        look(sample(line, x), into, to);
      } else {
        copy(line, x, into, to);
      }
    }
  }

  private void look(int index, byte[] into, int to) throws IOException {
    if (index >= palette.length / ENTRY) {
      throw new IOException(
          "a damaged image: color " + index + " of a palette of " + palette.length / ENTRY);
    }
    System.arraycopy(palette, ENTRY * index, into, to, colors);
    if (transparency.length > 0) {
      into[to + colors] = index < transparency.length ? transparency[index] : -1;
    }
  }

  private void copy(byte[] line, int x, byte[] into, int to) {
    int samples = png.samples();
    boolean transparent = transparency.length > 0;
    for (int s = 0; s < samples; s++) {
      int sample = sample(line, x * samples + s);
      into[to + s] = Depth.toByte(sample, png.depth());
      transparent =
          transparent
              && sample == (unsigned(transparency, 2 * s) << 8 | unsigned(transparency, 2 * s + 1));
    }
    if (bands() > samples) {
      into[to + samples] = (byte) (transparent ? 0 : 255);
    }
  }

  private int sample(byte[] line, int number) {
    int depth = png.depth();
    if (depth == 16) {
      return unsigned(line, 2 * number) << 8 | unsigned(line, 2 * number + 1);
    }
    int perByte = Byte.SIZE / depth;
    int shift = Byte.SIZE - depth * (number % perByte + 1);
    return unsigned(line, number / perByte) >> shift & (1 << depth) - 1;
  }

  private static int unsigned(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]);
  }
}
