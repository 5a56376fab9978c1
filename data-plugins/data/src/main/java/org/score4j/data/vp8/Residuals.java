package org.score4j.data.vp8;

import java.util.Arrays;

/** Reads what macroblocks add to their prediction: 16 blocks of luma, four of each chroma. */
final class Residuals {
  private static final int LUMA = 16;
  private static final int CHROMA = 4;
  private static final int SIZE = 16;

  /** Contexts of a macroblock's edge: four of luma, two of each chroma, one of DC. */
  private static final int CONTEXTS = 9;

  private static final int DC = 8;

  private final FrameHeader header;
  private final Coefficients reader;
  private final Quantizer[] quantizers = new Quantizer[FrameHeader.SEGMENTS];
  private final int[] above;
  private final int[] left = new int[CONTEXTS];
  private final int[] coefficients = new int[(LUMA + 2 * CHROMA) * SIZE];
  private BoolDecoder bits;
  private boolean sound = true;

  Residuals(FrameHeader header, int columns) {
    this.header = header;
    reader = new Coefficients(header.coefficients);
    Arrays.setAll(quantizers, segment -> Quantizer.of(header, segment));
    above = new int[columns * CONTEXTS];
    bits = header.partitions[0];
  }

  void beginRow(int row) {
    Arrays.fill(left, 0);
    bits = header.partitions[row % header.partitions.length];
  }

  /** Reads the coefficients of a macroblock; whether there is none. */
  boolean read(int column, ModeReader.Modes mode) {
    Arrays.fill(coefficients, 0);
    int top = column * CONTEXTS;
    if (mode.skipped()) {
      int kept = mode.small() ? 1 : 0;
      Arrays.fill(above, top, top + CONTEXTS - kept, 0);
      Arrays.fill(left, 0, CONTEXTS - kept, 0);
      return true;
    }
    Quantizer quantizer = quantizers[mode.segment()];
    int type = 3;
    int first = 0;
    if (!mode.small()) {
      int[] dc = new int[SIZE];
      int context = above[top + DC] + left[DC];
      int end = reader.read(bits, 1, context, 0, quantizer.lumaDc(), dc, 0);
      above[top + DC] = end > 0 ? 1 : 0;
      left[DC] = end > 0 ? 1 : 0;
      sound &= Transform.dc(dc, coefficients);
      type = 0;
      first = 1;
    }
    plane(top, 0, 4, type, first, quantizer.luma(), 0);
    plane(top, 4, 2, 2, 0, quantizer.chroma(), LUMA);
    plane(top, 6, 2, 2, 0, quantizer.chroma(), LUMA + CHROMA);
    return Arrays.stream(coefficients).allMatch(value -> value == 0);
  }

  private void plane(int top, int edge, int side, int type, int first, int[] steps, int block) {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int context = above[top + edge + x] + left[edge + y];
        int at = (block + y * side + x) * SIZE;
        int end = reader.read(bits, type, context, first, steps, coefficients, at);
        above[top + edge + x] = end > first ? 1 : 0;
        left[edge + y] = end > first ? 1 : 0;
      }
    }
  }

  /** Adds a block to a plane. */
  void add(int block, Plane plane, int x, int y) {
    sound &= Transform.add(coefficients, block * SIZE, plane, x, y);
  }

  /** Whether no number was beyond 16 bits. */
  boolean sound() {
    return sound;
  }
}
