package org.score4j.data.vp8l;

import java.io.IOException;
import java.util.Arrays;

/**
 * A canonical prefix code (RFC 9649, 3.7.2.1). Codes that leave bits without a symbol are refused,
 * as libwebp does.
 *
 * @param counts how many symbols have a code of each length
 * @param symbols in the order of their codes
 */
record PrefixCode(int[] counts, int[] symbols) {
  private static final int LONGEST = 15;
  private static final int[] ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };
  private static final int REPEAT_LAST = 16;
  private static final int REPEAT_ZERO = 17;

  /** Reads a code for symbols below {@code alphabet}. */
  static PrefixCode read(BitReader bits, int alphabet) throws IOException {
    return of(bits.flag() ? simple(bits, alphabet) : normal(bits, alphabet));
  }

  private static int[] simple(BitReader bits, int alphabet) throws IOException {
    int[] lengths = new int[alphabet];
    int count = 1 + bits.bit();
    int symbol = bits.bits(bits.flag() ? Byte.SIZE : 1);
    for (int i = 0; i < count; i++) {
      // Symbols beyond the alphabet have no code.
      if (symbol < alphabet) {
        lengths[symbol] = 1;
      }
      symbol = i + 1 < count ? bits.bits(Byte.SIZE) : symbol;
    }
    return lengths;
  }

  private static int[] normal(BitReader bits, int alphabet) throws IOException {
    int[] ofLengths = new int[ORDER.length];
    int count = 4 + bits.bits(4);
    for (int i = 0; i < count; i++) {
      ofLengths[ORDER[i]] = bits.bits(3);
    }
    PrefixCode code = of(ofLengths);
    int most = alphabet;
    if (bits.flag()) {
      most = 2 + bits.bits(2 + 2 * bits.bits(3));
      if (most > alphabet) {
        throw damaged("more code lengths than symbols");
      }
    }
    int[] lengths = new int[alphabet];
    int last = Byte.SIZE;
    int next = 0;
    for (int read = 0; read < most && next < alphabet; read++) {
      int length = code.symbol(bits);
      if (length < REPEAT_LAST) {
        lengths[next++] = length;
        last = length == 0 ? last : length;
        continue;
      }
      int repeat =
          switch (length) {
            case REPEAT_LAST -> 3 + bits.bits(2);
            case REPEAT_ZERO -> 3 + bits.bits(3);
            default -> 11 + bits.bits(7);
          };
      if (next + repeat > alphabet) {
        throw damaged("more code lengths than symbols");
      }
      Arrays.fill(lengths, next, next + repeat, length == REPEAT_LAST ? last : 0);
      next += repeat;
    }
    return lengths;
  }

  private static PrefixCode of(int[] lengths) throws IOException {
    int[] counts = new int[LONGEST + 1];
    for (int length : lengths) {
      counts[length]++;
    }
    counts[0] = 0;
    int used = Arrays.stream(counts).sum();
    long open = 1;
    for (int length = 1; length <= LONGEST; length++) {
      open = 2 * open - counts[length];
      if (open < 0) {
        throw damaged("a prefix code with more codes than there are");
      }
    }
    if (used == 0 || used > 1 && open > 0) {
      throw damaged("an incomplete prefix code");
    }
    int[] symbols = new int[used];
    int next = 0;
    for (int length = 1; length <= LONGEST; length++) {
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          symbols[next++] = symbol;
        }
      }
    }
    return new PrefixCode(counts, symbols);
  }

  /** Reads a symbol; the only one takes no bits. */
  int symbol(BitReader bits) throws IOException {
    if (symbols.length == 1) {
      return symbols[0];
    }
    int code = 0;
    int first = 0;
    int before = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code |= bits.bit();
      int count = counts[length];
      if (code - count < first) {
        return symbols[before + code - first];
      }
      before += count;
      first = first + count << 1;
      code <<= 1;
    }
    throw damaged("a code of no symbol");
  }

  static IOException damaged(String found) {
    return new IOException("a damaged image: " + found);
  }
}
