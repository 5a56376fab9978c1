package org.score4j.data.image;

/** Palettes of red, green and blue bytes. */
final class Palettes {
  private Palettes() {}

  /** Whether all colors are grey, so that one channel tells all. */
  static boolean grey(byte[] rgb) {
    for (int i = 0; i + 2 < rgb.length; i += 3) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return false;
      }
    }
    return true;
  }
}
