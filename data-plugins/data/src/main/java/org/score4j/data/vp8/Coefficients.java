package org.score4j.data.vp8;

/** Reads the coefficients of a 4 x 4 block (RFC 6386, section 13). */
final class Coefficients {
  private static final int NODES = 11;
  private static final int CONTEXTS = 3;
  private static final int BANDS = 8;
  private static final int SIZE = 16;
  private static final int[] BAND = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** Probabilities of the extra bits of values from 11, 19, 35 and 67 on. */
  private static final int[][] EXTRA = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  private final int[] probabilities;

  Coefficients(int[] probabilities) {
    this.probabilities = probabilities;
  }

  /**
   * Reads a block.
   *
   * @param type 0 luma without DC, 1 DC of luma, 2 chroma, 3 luma
   * @param context how many of the blocks above and to the left have coefficients
   * @param first position of the first coefficient, 1 without DC
   * @param steps of the quantizer, DC and AC
   * @param into the coefficients times their steps, from {@code at} on
   * @return the position after the last coefficient that is given
   */
  int read(BoolDecoder bits, int type, int context, int first, int[] steps, int[] into, int at) {
    int n = first;
    int p = node(type, n, context);
    while (n < SIZE) {
      if (bits.bit(probabilities[p]) == 0) {
        return n;
      }
      while (bits.bit(probabilities[p + 1]) == 0) {
        n++;
        if (n == SIZE) {
          return SIZE;
        }
        p = node(type, n, 0);
      }
      int value = 1;
      if (bits.bit(probabilities[p + 2]) == 1) {
        value = large(bits, p);
      }
      p = node(type, n + 1, value == 1 ? 1 : 2);
      into[at + ZIGZAG[n]] = (bits.flag() ? -value : value) * steps[n == 0 ? 0 : 1];
      n++;
    }
    return SIZE;
  }

  private static int node(int type, int position, int context) {
    return ((type * BANDS + BAND[position]) * CONTEXTS + context) * NODES;
  }

  private int large(BoolDecoder bits, int p) {
    if (bits.bit(probabilities[p + 3]) == 0) {
      return bits.bit(probabilities[p + 4]) == 0 ? 2 : 3 + bits.bit(probabilities[p + 5]);
    }
    if (bits.bit(probabilities[p + 6]) == 0) {
      if (bits.bit(probabilities[p + 7]) == 0) {
        return 5 + bits.bit(159);
      }
      int value = 7 + 2 * bits.bit(165);
      return value + bits.bit(145);
    }
    int high = bits.bit(probabilities[p + 8]);
    int category = 2 * high + bits.bit(probabilities[p + 9 + high]);
    int value = 0;
    for (int probability : EXTRA[category]) {
      value = 2 * value + bits.bit(probability);
    }
    return value + 3 + (8 << category);
  }
}
