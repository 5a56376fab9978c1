package org.score4j.data.vp8;

import java.io.IOException;

/** Reconstructs the macroblocks of a key frame, row by row, and filters them in the end. */
final class FrameDecoder {
  private static final int BLOCKS = 4;
  private static final int SIDE = 16;

  /** Modes of macroblocks as those of blocks that predict alike. */
  private static final int[] MACROBLOCK_MODES = {
    BlockPrediction.DC,
    BlockPrediction.VERTICAL,
    BlockPrediction.HORIZONTAL,
    BlockPrediction.TRUE_MOTION
  };

  private final FrameHeader header;
  private final int columns;
  private final int rows;
  private final Plane[] planes;
  private final ModeReader modes;
  private final Residuals residuals;

  FrameDecoder(FrameHeader header) {
    this.header = header;
    columns = (header.width + SIDE - 1) / SIDE;
    rows = (header.height + SIDE - 1) / SIDE;
    planes =
        new Plane[] {
          new Plane(columns * SIDE, rows * SIDE),
          new Plane(columns * SIDE / 2, rows * SIDE / 2),
          new Plane(columns * SIDE / 2, rows * SIDE / 2)
        };
    modes = new ModeReader(header, columns);
    residuals = new Residuals(header, columns);
  }

  /**
   * Luma and two planes of chroma of half the width and height.
   *
   * @throws IOException if the data cannot be of an image
   */
  Plane[] decode() throws IOException {
    int[] levels = new int[rows * columns];
    boolean[] inner = new boolean[rows * columns];
    for (int row = 0; row < rows; row++) {
      modes.beginRow();
      residuals.beginRow(row);
      for (int column = 0; column < columns; column++) {
        ModeReader.Modes mode = modes.read(column);
        boolean empty = residuals.read(column, mode);
        reconstruct(column, row, mode);
        int at = row * columns + column;
        levels[at] = header.filterLevel(mode.segment(), mode.small());
        inner[at] = mode.small() || !empty;
      }
    }
    if (!residuals.sound()) {
      throw new IOException("a damaged image: coefficients beyond 16 bits");
    }
    var filter = new LoopFilter(header);
    for (int at = 0; header.filterLevel > 0 && at < levels.length; at++) {
      filter.filter(planes, at % columns, at / columns, levels[at], inner[at]);
    }
    return planes;
  }

  private void reconstruct(int column, int row, ModeReader.Modes mode) {
    int x = column * SIDE;
    int y = row * SIDE;
    if (mode.small()) {
      for (int block = 0; block < SIDE; block++) {
        int left = x + block % BLOCKS * BLOCKS;
        int top = y + block / BLOCKS * BLOCKS;
        BlockPrediction.predict(
            mode.blocks()[block], planes[0], left, top, beyond(column, row, block));
        residuals.add(block, planes[0], left, top);
      }
    } else {
      predict(planes[0], column, row, SIDE, mode.luma());
      for (int block = 0; block < SIDE; block++) {
        int left = x + block % BLOCKS * BLOCKS;
        residuals.add(block, planes[0], left, y + block / BLOCKS * BLOCKS);
      }
    }
    for (int p = 1; p < planes.length; p++) {
      predict(planes[p], column, row, SIDE / 2, mode.chroma());
      for (int block = 0; block < BLOCKS; block++) {
        int left = x / 2 + block % 2 * BLOCKS;
        int top = y / 2 + block / 2 * BLOCKS;
        residuals.add(SIDE + BLOCKS * (p - 1) + block, planes[p], left, top);
      }
    }
  }

  /**
   * The samples above and to the right of a block; those of the last column lie in the row above.
   */
  private int[] beyond(int column, int row, int block) {
    int[] samples = new int[BLOCKS];
    boolean last = block % BLOCKS == BLOCKS - 1;
    int x = column * SIDE + (block % BLOCKS + 1) * BLOCKS;
    int y = row * SIDE + (last ? 0 : block / BLOCKS * BLOCKS) - 1;
    boolean edge = last && column == columns - 1 && row > 0;
    for (int i = 0; i < BLOCKS; i++) {
      samples[i] = planes[0].get(edge ? x - 1 : x + i, y);
    }
    return samples;
  }

  private static void predict(Plane plane, int column, int row, int side, int mode) {
    int left = column * side;
    int top = row * side;
    int mean = mode == 0 ? mean(plane, column, row, side) : 0;
    int corner = plane.get(left - 1, top - 1);
    for (int y = 0; y < side; y++) {
      int beside = plane.get(left - 1, top + y);
      for (int x = 0; x < side; x++) {
        int above = plane.get(left + x, top - 1);
        int sample =
            switch (MACROBLOCK_MODES[mode]) {
              case BlockPrediction.DC -> mean;
              case BlockPrediction.VERTICAL -> above;
              case BlockPrediction.HORIZONTAL -> beside;
              default -> above + beside - corner;
            };
        plane.set(left + x, top + y, sample);
      }
    }
  }

  /** The mean of the samples above and to the left, as far as the frame has them. */
  private static int mean(Plane plane, int column, int row, int side) {
    int sum = 0;
    int count = 0;
    for (int i = 0; i < side; i++) {
      sum += row > 0 ? plane.get(column * side + i, row * side - 1) : 0;
      sum += column > 0 ? plane.get(column * side - 1, row * side + i) : 0;
    }
    count += row > 0 ? side : 0;
    count += column > 0 ? side : 0;
    return count == 0 ? 128 : (sum + count / 2) / count;
  }
}
