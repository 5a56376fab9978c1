package org.score4j.data.vp8l;

/** Predictions of a pixel by its neighbors (RFC 9649, 3.5.1). */
final class Predictor {
  static final int BLACK = 0xff000000;

  private Predictor() {}

  /**
   * The prediction of a pixel that is in neither the first row nor the first column.
   *
   * @param mode from 0 to 15
   * @param i place of the pixel; those before it are known
   */
  static int of(int mode, int[] argb, int i, int width) {
    int left = argb[i - 1];
    int top = argb[i - width];
    int topLeft = argb[i - width - 1];
    // That of the last column is the first pixel of the row itself.
    int topRight = argb[i - width + 1];
    return switch (mode) {
      case 1 -> left;
      case 2 -> top;
      case 3 -> topRight;
      case 4 -> topLeft;
      case 5 -> mean(mean(left, topRight), top);
      case 6 -> mean(left, topLeft);
      case 7 -> mean(left, top);
      case 8 -> mean(topLeft, top);
      case 9 -> mean(top, topRight);
      case 10 -> mean(mean(left, topLeft), mean(top, topRight));
      case 11 -> nearer(left, top, topLeft);
      case 12 -> gradient(left, top, topLeft);
      case 13 -> halfGradient(mean(left, top), topLeft);
      default -> BLACK;
    };
  }

  /** The sum of each channel modulo 256. */
  static int sum(int a, int b) {
    return (a & 0xff00ff00) + (b & 0xff00ff00) & 0xff00ff00
        | (a & 0x00ff00ff) + (b & 0x00ff00ff) & 0x00ff00ff;
  }

  private static int mean(int a, int b) {
    return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
  }

  private static int channel(int argb, int shift) {
    return argb >> shift & 255;
  }

  private static int nearer(int left, int top, int topLeft) {
    int difference = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int corner = channel(topLeft, shift);
      difference +=
          Math.abs(channel(left, shift) - corner) - Math.abs(channel(top, shift) - corner);
    }
    return difference <= 0 ? top : left;
  }

  private static int gradient(int left, int top, int topLeft) {
    int predicted = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int sum = channel(left, shift) + channel(top, shift) - channel(topLeft, shift);
      predicted |= clip(sum) << shift;
    }
    return predicted;
  }

  private static int halfGradient(int mean, int topLeft) {
    int predicted = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int middle = channel(mean, shift);
      predicted |= clip(middle + (middle - channel(topLeft, shift)) / 2) << shift;
    }
    return predicted;
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
