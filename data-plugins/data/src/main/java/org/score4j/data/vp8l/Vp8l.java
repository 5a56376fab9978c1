package org.score4j.data.vp8l;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decodes a lossless image of WebP; what libwebp refuses is refused, and an end that comes too
 * early above all.
 *
 * @param alphaUsed whether its alpha means anything
 * @param argb row-major [height * width]
 */
public record Vp8l(int height, int width, boolean alphaUsed, int[] argb) {
  private static final int SIGNATURE = 0x2f;
  private static final int HEADER = 5;
  private static final int SIDE_BITS = 14;

  /**
   * Decodes an image, whose size the caller has checked.
   *
   * @param data content of the chunk {@code VP8L} of a WebP file
   * @throws IOException whose message says what is wrong with it
   */
  public static Vp8l decode(byte[] data) throws IOException {
    BitReader header = new BitReader(data, 0);
    int signature = header.bits(Byte.SIZE);
    int width = header.bits(SIDE_BITS) + 1;
    int height = header.bits(SIDE_BITS) + 1;
    boolean alphaUsed = header.flag();
    if (signature != SIGNATURE || header.bits(3) != 0) {
      throw PrefixCode.damaged("no header of a lossless WebP");
    }
    return new Vp8l(height, width, alphaUsed, pixels(new BitReader(data, HEADER), height, width));
  }

  /**
   * Decodes an image without its header, as it holds the alpha of a lossy one in its green.
   *
   * @return row-major ARGB
   */
  public static int[] decode(byte[] data, int height, int width) throws IOException {
    return pixels(new BitReader(data, 0), height, width);
  }

  private static int[] pixels(BitReader bits, int height, int width) throws IOException {
    Deque<Transform> transforms = new ArrayDeque<>();
    Deque<Integer> widths = new ArrayDeque<>();
    int coded = width;
    int seen = 0;
    while (bits.flag()) {
      int kind = bits.bits(2);
      if ((seen >> kind & 1) == 1) {
        throw PrefixCode.damaged("a transform twice");
      }
      seen |= 1 << kind;
      Transform transform = Transform.read(bits, kind, height, coded);
      transforms.push(transform);
      widths.push(coded);
      coded = transform.coded(coded);
    }
    int[] argb = CodedImage.read(bits, height, coded, true).argb();
    while (!transforms.isEmpty()) {
      argb = transforms.pop().undo(argb, height, widths.pop());
    }
    return argb;
  }
}
