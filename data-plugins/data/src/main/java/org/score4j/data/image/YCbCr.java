package org.score4j.data.image;

/** Color conversion of JFIF, in the integers of libjpeg (jdcolor.c). */
final class YCbCr {
  private static final int BITS = 16;
  private static final int HALF = 1 << BITS - 1;

  private YCbCr() {}

  /**
   * Converts in place.
   *
   * <pre>
   *   R = Y + 1.402 (Cr - 128),  B = Y + 1.772 (Cb - 128),
   *   G = Y - 0.34414 (Cb - 128) - 0.71414 (Cr - 128)
   * </pre>
   *
   * @param step bytes of a pixel, at least 3
   */
  static void toRgb(byte[] samples, int step) {
    for (int i = 0; i < samples.length; i += step) {
      int y = Byte.toUnsignedInt(samples[i]);
      int cb = Byte.toUnsignedInt(samples[i + 1]) - 128;
      int cr = Byte.toUnsignedInt(samples[i + 2]) - 128;
      samples[i] = clip(y + (fixed(1.402) * cr + HALF >> BITS));
      samples[i + 1] = clip(y + (-fixed(0.34414) * cb + HALF - fixed(0.71414) * cr >> BITS));
      samples[i + 2] = clip(y + (fixed(1.772) * cb + HALF >> BITS));
    }
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << BITS) + 0.5);
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
