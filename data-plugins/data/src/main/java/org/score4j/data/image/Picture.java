package org.score4j.data.image;

import java.util.Arrays;

/**
 * An 8-bit image in memory.
 *
 * @param channels 1, grey, or 3, red, green and blue
 * @param bytes row-major [H, W, C]
 */
public record Picture(int height, int width, int channels, byte[] bytes) {

  /** Channels first, [C, H, W], made channels last. */
  public static Picture ofPlanes(int height, int width, int channels, byte[] planes) {
    byte[] bytes = new byte[planes.length];
    int plane = height * width;
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < channels; c++) {
        bytes[i * channels + c] = planes[c * plane + i];
      }
    }
    return new Picture(height, width, channels, bytes);
  }

  /**
   * The image in grey, by the luma of ITU-R BT.601 (0.299, 0.587, 0.114), or in three equal
   * channels.
   */
  public Picture withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    byte[] converted = new byte[height * width * wanted];
    for (int i = 0; i < height * width; i++) {
      if (wanted == 1) {
        double luma = 0.299 * at(3 * i) + 0.587 * at(3 * i + 1) + 0.114 * at(3 * i + 2);
        converted[i] = (byte) Math.round(luma);
      } else {
        Arrays.fill(converted, 3 * i, 3 * i + 3, bytes[i]);
      }
    }
    return new Picture(height, width, wanted, converted);
  }

  /** The largest piece from the middle that has the proportions of a size. */
  public Picture croppedLike(int otherHeight, int otherWidth) {
    long cropHeight = Math.min(height, Math.round((double) width * otherHeight / otherWidth));
    long cropWidth = Math.min(width, Math.round((double) height * otherWidth / otherHeight));
    int h = (int) Math.max(1, cropHeight);
    int w = (int) Math.max(1, cropWidth);
    int top = (height - h) / 2;
    int left = (width - w) / 2;
    byte[] cropped = new byte[h * w * channels];
    for (int y = 0; y < h; y++) {
      System.arraycopy(
          bytes, ((top + y) * width + left) * channels, cropped, y * w * channels, w * channels);
    }
    return new Picture(h, w, channels, cropped);
  }

  private int at(int index) {
    return Byte.toUnsignedInt(bytes[index]);
  }
}
