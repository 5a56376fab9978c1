package org.score4j.data.image;

import java.io.IOException;
import java.util.Arrays;
import org.score4j.data.vp8l.Vp8l;

/** The alpha plane beside a lossy WebP image (RFC 9649, 2.7.1.2). */
final class WebPAlpha {
  private static final int HORIZONTAL = 1;
  private static final int VERTICAL = 2;

  private WebPAlpha() {}

  /**
   * An image with its alpha.
   *
   * @param chunk content of its chunk ALPH
   */
  static Pixels add(Pixels rgb, byte[] chunk) throws IOException {
    if (chunk.length == 0) {
      throw new IOException("a damaged image: an empty chunk ALPH");
    }
    int method = chunk[0] & 3;
    int filter = chunk[0] >> 2 & 3;
    int count = rgb.height() * rgb.width();
    byte[] content = Arrays.copyOfRange(chunk, 1, chunk.length);
    if (method > 1 || method == 0 && content.length < count) {
      throw new IOException("a damaged image: its chunk ALPH is wrong");
    }
    byte[] alpha = method == 0 ? content : green(content, rgb);
    unfilter(alpha, filter, rgb.width(), count);
    byte[] samples = new byte[4 * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rgb.samples(), 3 * i, samples, 4 * i, 3);
      samples[4 * i + 3] = alpha[i];
    }
    return new Pixels(rgb.height(), rgb.width(), 4, samples);
  }

  /** Alpha is the green of a lossless image that lacks its header. */
  private static byte[] green(byte[] content, Pixels rgb) throws IOException {
    int[] argb = Vp8l.decode(content, rgb.height(), rgb.width());
    byte[] alpha = new byte[argb.length];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (byte) (argb[i] >> Byte.SIZE);
    }
    return alpha;
  }

  private static void unfilter(byte[] alpha, int filter, int width, int count) {
    if (filter == 0) {
      return;
    }
    for (int i = 1; i < count; i++) {
      boolean first = i % width == 0;
      boolean top = i < width;
      int left = first ? 0 : Byte.toUnsignedInt(alpha[i - 1]);
      int above = top ? 0 : Byte.toUnsignedInt(alpha[i - width]);
      int predicted;
      if (top) {
        predicted = left;
      } else if (first || filter == VERTICAL) {
        predicted = above;
      } else if (filter == HORIZONTAL) {
        predicted = left;
      } else {
        int corner = Byte.toUnsignedInt(alpha[i - width - 1]);
        predicted = Math.max(0, Math.min(255, left + above - corner));
      }
      alpha[i] += (byte) predicted;
    }
  }
}
