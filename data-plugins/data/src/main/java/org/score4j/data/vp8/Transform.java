package org.score4j.data.vp8;

/**
 * Inverse transforms (RFC 6386, section 14), exact in integers. Numbers beyond 16 bits come from
 * damaged data alone, and decoders differ in them.
 */
final class Transform {
  private Transform() {}

  /**
   * Spreads the coefficients of DC over 16 blocks.
   *
   * @param dc 4 x 4, Walsh-Hadamard transformed
   * @param blocks 16 blocks of 16 coefficients, of which the first is set
   * @return whether all numbers have at most 16 bits
   */
  static boolean dc(int[] dc, int[] blocks) {
    int[] t = new int[16];
    boolean short16 = true;
    for (int i = 0; i < 4; i++) {
      int a = dc[i] + dc[12 + i];
      int b = dc[4 + i] + dc[8 + i];
      int c = dc[4 + i] - dc[8 + i];
      int d = dc[i] - dc[12 + i];
      t[i] = a + b;
      t[4 + i] = d + c;
      t[8 + i] = a - b;
      t[12 + i] = d - c;
    }
    for (int i = 0; i < 4; i++) {
      int rounded = t[4 * i] + 3;
      int a = rounded + t[4 * i + 3];
      int b = t[4 * i + 1] + t[4 * i + 2];
      int c = t[4 * i + 1] - t[4 * i + 2];
      int d = rounded - t[4 * i + 3];
      int[] row = {a + b, d + c, a - b, d - c};
      for (int k = 0; k < 4; k++) {
        blocks[16 * (4 * i + k)] = row[k] >> 3;
        short16 &= isShort(row[k] >> 3);
      }
    }
    return short16;
  }

  /**
   * Adds the inverse DCT of a block to a plane.
   *
   * @param from where the 16 coefficients begin
   * @return whether all numbers have at most 16 bits
   */
  static boolean add(int[] coefficients, int from, Plane plane, int x, int y) {
    int[] t = new int[16];
    boolean short16 = true;
    for (int i = 0; i < 4; i++) {
      int at = from + i;
      int a = coefficients[at] + coefficients[at + 8];
      int b = coefficients[at] - coefficients[at + 8];
      int c = second(coefficients[at + 4]) - first(coefficients[at + 12]);
      int d = first(coefficients[at + 4]) + second(coefficients[at + 12]);
      t[4 * i] = a + d;
      t[4 * i + 1] = b + c;
      t[4 * i + 2] = b - c;
      t[4 * i + 3] = a - d;
      short16 &= isShort(a) && isShort(b) && isShort(c) && isShort(d);
    }
    for (int i = 0; i < 4; i++) {
      int rounded = t[i] + 4;
      int a = rounded + t[8 + i];
      int b = rounded - t[8 + i];
      int c = second(t[4 + i]) - first(t[12 + i]);
      int d = first(t[4 + i]) + second(t[12 + i]);
      int[] row = {a + d, b + c, b - c, a - d};
      short16 &= isShort(a) && isShort(b) && isShort(c) && isShort(d);
      for (int k = 0; k < 4; k++) {
        short16 &= isShort(t[4 * k + i]) && isShort(row[k]);
        plane.set(x + k, y + i, plane.get(x + k, y + i) + (row[k] >> 3));
      }
    }
    return short16;
  }

  private static boolean isShort(int value) {
    return value == (short) value;
  }

  /** Times {@code sqrt(2) cos(pi / 8)}. */
  private static int first(int value) {
    return (value * 20091 >> 16) + value;
  }

  /** Times {@code sqrt(2) sin(pi / 8)}. */
  private static int second(int value) {
    return value * 35468 >> 16;
  }
}
