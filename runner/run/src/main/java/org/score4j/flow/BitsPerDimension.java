package org.score4j.flow;

import org.score4j.api.PixelRange;

/**
 * What it takes to tell an 8-bit image from others, by the density of its uniformly dequantised
 * pixels {@code x = low + (high - low) (u + byte) / 256} (Theis et al. 2016, section 3.1):
 *
 * <pre>  bits/dim = -ln p(x) / (D ln 2) + 8 - log2(high - low)</pre>
 *
 * <p>which adds 8 for pixels in [0, 1] and 7 for pixels in [-1, 1].
 *
 * @param range of the pixels
 * @param dimensions D
 */
record BitsPerDimension(PixelRange range, long dimensions) {

  /** Of a density in nats. */
  double of(double logDensity) {
    double width = range.high() - range.low();
    return -width(logDensity) + 8 - Math.log(width) / Math.log(2);
  }

  /** Of a difference of densities in nats. */
  double width(double nats) {
    return nats / dimensions / Math.log(2);
  }

  /** The value of a pixel, u being uniform in [0, 1). */
  float dequantized(byte pixel, double u) {
    return (float) (range.low() + (range.high() - range.low()) * (u + (pixel & 0xff)) / 256);
  }
}
