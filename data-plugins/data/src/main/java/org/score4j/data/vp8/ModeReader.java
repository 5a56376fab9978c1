package org.score4j.data.vp8;

import java.util.Arrays;

/** Reads how macroblocks are predicted (RFC 6386, sections 8, 10 and 11). */
final class ModeReader {
  private static final int BLOCKS = 4;
  private static final int MODES = 10;
  private static final int NODES = 9;

  /** The tree of modes of blocks: a positive number is a node, others are negated modes. */
  private static final int[] TREE = {
    0, 2, -1, 4, -2, 6, 8, 12, -3, 10, -5, -6, -4, 14, -7, 16, -8, -9
  };

  /** What a macroblock's own mode tells the blocks around it: DC, vertical, horizontal, motion. */
  private static final int[] IMPLIED = {0, 2, 3, 1};

  private final FrameHeader header;
  private final int[] probabilities = Tables.modes();
  private final int[] above;
  private final int[] left = new int[BLOCKS];

  /**
   * How a macroblock is predicted; modes of whole planes are 0 mean, 1 vertical, 2 horizontal, 3
   * true motion.
   *
   * @param skipped whether no coefficients follow
   * @param small whether each block has its own mode
   * @param blocks modes of the 16 blocks, if they have their own
   */
  record Modes(int segment, boolean skipped, boolean small, int luma, int chroma, int[] blocks) {}

  ModeReader(FrameHeader header, int columns) {
    this.header = header;
    above = new int[columns * BLOCKS];
  }

  void beginRow() {
    Arrays.fill(left, 0);
  }

  Modes read(int column) {
    BoolDecoder bits = header.modes;
    int segment = header.segmentMap ? segment(bits) : 0;
    boolean skipped = header.skips && bits.bit(header.skipProbability) == 1;
    boolean small = bits.bit(145) == 0;
    int[] blocks = new int[BLOCKS * BLOCKS];
    int luma = 0;
    if (small) {
      for (int i = 0; i < blocks.length; i++) {
        int top = column * BLOCKS + i % BLOCKS;
        blocks[i] = block(bits, above[top], left[i / BLOCKS]);
        above[top] = blocks[i];
        left[i / BLOCKS] = blocks[i];
      }
    } else {
      luma = bits.bit(156) == 1 ? (bits.bit(128) == 1 ? 3 : 2) : bits.bit(163);
      Arrays.fill(above, column * BLOCKS, (column + 1) * BLOCKS, IMPLIED[luma]);
      Arrays.fill(left, IMPLIED[luma]);
    }
    int chroma = 0;
    if (bits.bit(142) == 1) {
      chroma = bits.bit(114) == 0 ? 1 : 2 + bits.bit(183);
    }
    return new Modes(segment, skipped, small, luma, chroma, blocks);
  }

  private int segment(BoolDecoder bits) {
    int[] p = header.segmentProbabilities;
    return bits.bit(p[0]) == 1 ? 2 + bits.bit(p[2]) : bits.bit(p[1]);
  }

  private int block(BoolDecoder bits, int top, int beside) {
    int p = (top * MODES + beside) * NODES;
    int node = 0;
    do {
      node = TREE[node + bits.bit(probabilities[p + node / 2])];
    } while (node > 0);
    return -node;
  }
}
