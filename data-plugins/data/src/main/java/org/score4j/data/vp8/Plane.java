package org.score4j.data.vp8;

import java.util.Arrays;

/**
 * Samples of a frame, with what prediction takes for those around it: 127 above, also of the
 * corner, and 129 to the left.
 */
final class Plane {
  private static final int ABOVE = 127;
  private static final int LEFT = 129;

  /** Blocks at the right edge look four samples beyond it. */
  private static final int BEYOND = 4;

  private final int stride;
  private final byte[] samples;

  /** A plane of whole macroblocks. */
  Plane(int width, int height) {
    stride = width + 1 + BEYOND;
    samples = new byte[stride * (height + 1)];
    Arrays.fill(samples, 0, stride, (byte) ABOVE);
    for (int y = 1; y <= height; y++) {
      samples[y * stride] = (byte) LEFT;
    }
  }

  /** A sample; coordinates are from -1 on. */
  int get(int x, int y) {
    return Byte.toUnsignedInt(samples[(y + 1) * stride + x + 1]);
  }

  /** Sets a sample, clipped to a byte. */
  void set(int x, int y, int value) {
    samples[(y + 1) * stride + x + 1] = (byte) Math.max(0, Math.min(255, value));
  }
}
