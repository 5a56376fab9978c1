package org.score4j.data.image;

import java.io.EOFException;
import java.io.IOException;

/** Undoes the compression of GIF: LZW (Welch 1984) with codes of growing length, low bits first. */
final class GifCodes {
  private static final int LONGEST = 12;
  private static final int CODES = 1 << LONGEST;

  private final byte[] packed;
  private final int bits;
  private final int clear;
  private final int[] prefix = new int[CODES];
  private final byte[] last = new byte[CODES];
  private final byte[] stack = new byte[CODES + 1];
  private long position;

  /**
   * A decoder.
   *
   * @param bits of the values that are packed
   */
  GifCodes(byte[] packed, int bits) throws IOException {
    if (bits < 1 || bits >= LONGEST) {
      throw new IOException("a damaged image: codes of " + bits + " bits");
    }
    this.packed = packed;
    this.bits = bits;
    clear = 1 << bits;
    for (int i = 0; i < Math.min(clear, 256); i++) {
      last[i] = (byte) i;
    }
  }

  /** The values, of which there are to be so many; what follows them is passed over. */
  byte[] decode(int count) throws IOException {
    byte[] values = new byte[count];
    int length = bits + 1;
    int next = clear + 2;
    int before = -1;
    byte first = 0;
    int done = 0;
    while (done < count) {
      int code = code(length);
      if (code == clear) {
        length = bits + 1;
        next = clear + 2;
        before = -1;
        continue;
      }
      if (code == clear + 1) {
        throw new EOFException("the file ends too early, in the image data");
      }
      if (code > next || code == next && before < 0 || before < 0 && code > clear) {
        throw new IOException("a damaged image: code " + code + ", which stands for nothing yet");
      }
      int depth = 0;
      int chain = code;
      if (code == next) {
        stack[depth++] = first;
        chain = before;
      }
      while (chain >= clear) {
        stack[depth++] = last[chain];
        chain = prefix[chain];
      }
      first = last[chain];
      stack[depth++] = first;
      while (depth > 0 && done < count) {
        values[done++] = stack[--depth];
      }
      if (before >= 0 && next < CODES) {
        prefix[next] = before;
        last[next++] = first;
        length = next == 1 << length && length < LONGEST ? length + 1 : length;
      }
      before = code;
    }
    return values;
  }

  private int code(int length) throws IOException {
    int code = 0;
    for (int i = 0; i < length; i++, position++) {
      int at = (int) (position / Byte.SIZE);
      if (at >= packed.length) {
        throw new EOFException("the file ends too early, in the image data");
      }
      code |= (packed[at] >> position % Byte.SIZE & 1) << i;
    }
    return code;
  }
}
