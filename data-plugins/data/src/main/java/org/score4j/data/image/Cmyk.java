package org.score4j.data.image;

/** Inks as light, without color management: {@code (1 - K) (1 - C)}, as Pillow computes it. */
final class Cmyk {
  private Cmyk() {}

  /**
   * Red, green and blue of pixels.
   *
   * @param inks cyan, magenta, yellow and black, 255 for all of it
   * @param step bytes of a pixel, at least 4
   */
  static byte[] toRgb(byte[] inks, int step) {
    byte[] rgb = new byte[inks.length / step * 3];
    int next = 0;
    for (int i = 0; i < inks.length; i += step) {
      int light = 255 - Byte.toUnsignedInt(inks[i + 3]);
      for (int c = 0; c < 3; c++) {
        int product = Byte.toUnsignedInt(inks[i + c]) * light + 128;
        rgb[next++] = (byte) Math.max(0, light - ((product >> 8) + product >> 8));
      }
    }
    return rgb;
  }
}
