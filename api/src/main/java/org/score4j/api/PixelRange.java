package org.score4j.api;

/**
 * Numbers that stand for 8-bit pixels: {@code x = low + (high - low) u / 255} for the byte u.
 *
 * @param low what byte 0 becomes
 * @param high what byte 255 becomes, above low
 */
public record PixelRange(double low, double high) {

  /** Pixels in [0, 1], usual with variance-exploding processes. */
  public static final PixelRange UNIT = new PixelRange(0, 1);

  /** Pixels in [-1, 1], usual with variance-preserving processes. */
  public static final PixelRange CENTERED = new PixelRange(-1, 1);

  /** Checks the order of the bounds. */
  public PixelRange {
    Validation.begin().rule(high > low, "high", high, "must exceed low (" + low + ")").end();
  }

  /** What a byte stands for; its 8 bits are read as 0 to 255. */
  public float fromByte(byte pixel) {
    return (float) (low + (high - low) * (pixel & 0xff) / 255);
  }

  /** The nearest byte, 0 to 255; what lies outside the range is clipped. */
  public int toByte(double x) {
    double scaled = (x - low) / (high - low) * 255;
    return (int) Math.max(0, Math.min(255, Math.rint(scaled)));
  }
}
