package org.score4j.data.image;

import java.util.Optional;

/**
 * A decoded 8-bit image, whose transparency is not resolved yet.
 *
 * @param bands 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; alpha is not premultiplied
 * @param samples row-major [H, W, bands]
 */
record Pixels(int height, int width, int bands, byte[] samples) {

  /**
   * The opaque image.
   *
   * @param background what shows through, in proportion to 255 - alpha; if empty, alpha is dropped,
   *     and transparent pixels keep the color that is stored for them
   */
  Picture opaque(Optional<Background> background) {
    if (bands == 1 || bands == 3) {
      return new Picture(height, width, bands, samples);
    }
    int stored = bands - 1;
    int channels = background.isPresent() && !background.get().grey() ? 3 : stored;
    byte[] opaque = new byte[height * width * channels];
    int next = 0;
    for (int from = 0; from < samples.length; from += bands) {
      int alpha = Byte.toUnsignedInt(samples[from + stored]);
      for (int c = 0; c < channels; c++) {
        int color = Byte.toUnsignedInt(samples[from + Math.min(c, stored - 1)]);
        int behind = background.isPresent() ? background.get().sample(c) : color;
        opaque[next++] = (byte) ((color * alpha + behind * (255 - alpha) + 127) / 255);
      }
    }
    return new Picture(height, width, channels, opaque);
  }
}
