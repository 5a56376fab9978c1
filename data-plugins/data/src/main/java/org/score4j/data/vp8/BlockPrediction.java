package org.score4j.data.vp8;

/** Prediction of 4 x 4 blocks from the samples around them (RFC 6386, section 12.3). */
final class BlockPrediction {
  static final int DC = 0;
  static final int TRUE_MOTION = 1;
  static final int VERTICAL = 2;
  static final int HORIZONTAL = 3;

  /** Edge samples: 0 to 3 to the left from below, 4 the corner, 5 to 12 above. */
  private static final int CORNER = 4;

  private BlockPrediction() {}

  /**
   * Predicts a block.
   *
   * @param beyond the four samples above and to the right of the block
   */
  static void predict(int mode, Plane plane, int x, int y, int[] beyond) {
    int[] e = new int[13];
    for (int i = 0; i < 4; i++) {
      e[i] = plane.get(x - 1, y + 3 - i);
      e[CORNER + 1 + i] = plane.get(x + i, y - 1);
      e[CORNER + 5 + i] = beyond[i];
    }
    e[CORNER] = plane.get(x - 1, y - 1);
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        plane.set(x + column, y + row, sample(mode, e, column, row));
      }
    }
  }

  private static int sample(int mode, int[] e, int x, int y) {
    return switch (mode) {
      case DC -> e[0] + e[1] + e[2] + e[3] + e[5] + e[6] + e[7] + e[8] + 4 >> 3;
      case TRUE_MOTION -> e[CORNER + 1 + x] + e[3 - y] - e[CORNER];
      case VERTICAL -> three(e, CORNER + 1 + x);
      case HORIZONTAL -> y == 3 ? e[1] + 3 * e[0] + 2 >> 2 : three(e, 3 - y);
      case 4 -> x + y == 6 ? e[11] + 3 * e[12] + 2 >> 2 : three(e, CORNER + 2 + x + y);
      case 5 -> three(e, CORNER + x - y);
      case 6 -> verticalRight(e, x, y);
      case 7 -> verticalLeft(e, x, y);
      case 8 -> horizontalDown(e, x, y);
      default -> horizontalUp(e, x + 2 * y);
    };
  }

  private static int verticalRight(int[] e, int x, int y) {
    int along = 2 * x - y;
    if (along < -1) {
      return three(e, CORNER + 1 + along);
    }
    int from = CORNER + (along >> 1);
    return along == -1 ? three(e, CORNER) : along % 2 == 0 ? two(e, from) : three(e, from + 1);
  }

  private static int verticalLeft(int[] e, int x, int y) {
    // The last column's lower half deviates from the pattern.
    if (x == 3 && y >= 2) {
      return three(e, CORNER + 4 + y);
    }
    int from = CORNER + 1 + x + y / 2;
    return y % 2 == 0 ? two(e, from) : three(e, from + 1);
  }

  private static int horizontalDown(int[] e, int x, int y) {
    int along = 2 * y - x;
    if (along < -1) {
      return three(e, CORNER - 1 - along);
    }
    int from = CORNER - 1 - (along >> 1);
    return along == -1 ? three(e, CORNER) : along % 2 == 0 ? two(e, from) : three(e, from);
  }

  private static int horizontalUp(int[] e, int along) {
    if (along > 5) {
      return e[0];
    }
    if (along == 5) {
      return e[1] + 3 * e[0] + 2 >> 2;
    }
    int from = 3 - along / 2;
    return along % 2 == 0 ? two(e, from - 1) : three(e, from - 1);
  }

  private static int two(int[] e, int at) {
    return e[at] + e[at + 1] + 1 >> 1;
  }

  /** Weights 1, 2, 1 around a sample. */
  private static int three(int[] e, int at) {
    return e[at - 1] + 2 * e[at] + e[at + 1] + 2 >> 2;
  }
}
