package org.score4j.data.vp8;

import java.io.IOException;

/**
 * Decodes a key frame of VP8 to RGB, in the integers of libwebp: chroma is interpolated between the
 * four nearest samples with weights 9, 3, 3 and 1, and converted by ITU-R BT.601 in its limited
 * range.
 *
 * @param rgb row-major [H, W, 3]
 */
public record Vp8(int height, int width, byte[] rgb) {

  /**
   * Decodes a frame, whose size the caller has checked.
   *
   * @param data content of the chunk {@code VP8} of a WebP file
   * @throws IOException whose message says what is wrong with it
   */
  public static Vp8 decode(byte[] data) throws IOException {
    FrameHeader header = new FrameHeader(data);
    Plane[] planes = new FrameDecoder(header).decode();
    header.checkComplete();
    byte[] rgb = new byte[header.height * header.width * 3];
    int[] u = new int[header.width];
    int[] v = new int[header.width];
    int next = 0;
    for (int y = 0; y < header.height; y++) {
      chroma(planes[1], header, y, u);
      chroma(planes[2], header, y, v);
      for (int x = 0; x < header.width; x++) {
        int luma = planes[0].get(x, y) * 19077 >> 8;
        rgb[next++] = clip(luma + (v[x] * 26149 >> 8) - 14234);
        rgb[next++] = clip(luma - (u[x] * 6419 >> 8) - (v[x] * 13320 >> 8) + 8708);
        rgb[next++] = clip(luma + (u[x] * 33050 >> 8) - 17685);
      }
    }
    return new Vp8(header.height, header.width, rgb);
  }

  /** A row of chroma at the positions of luma. */
  private static void chroma(Plane plane, FrameHeader header, int y, int[] row) {
    int last = (header.height + 1) / 2 - 1;
    int near = y / 2;
    int far = Math.max(0, Math.min(last, y % 2 == 0 ? near - 1 : near + 1));
    int width = row.length;
    row[0] = 3 * plane.get(0, near) + plane.get(0, far) + 2 >> 2;
    for (int x = 1; x <= (width - 1) / 2; x++) {
      int nearLeft = plane.get(x - 1, near);
      int nearRight = plane.get(x, near);
      int farLeft = plane.get(x - 1, far);
      int farRight = plane.get(x, far);
      int sum = nearLeft + nearRight + farLeft + farRight + 8;
      row[2 * x - 1] = (sum + 2 * (nearRight + farLeft) >> 3) + nearLeft >> 1;
      row[2 * x] = (sum + 2 * (nearLeft + farRight) >> 3) + nearRight >> 1;
    }
    if (width % 2 == 0) {
      int x = width / 2 - 1;
      row[width - 1] = 3 * plane.get(x, near) + plane.get(x, far) + 2 >> 2;
    }
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value >> 6));
  }
}
