package org.score4j.data.vp8l;

import java.io.IOException;
import java.util.Arrays;

/**
 * An image of prefix codes and backward references (RFC 9649, 3.6 and 3.7), row-major ARGB.
 *
 * @param argb [height * width]
 */
record CodedImage(int height, int width, int[] argb) {
  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;
  private static final int MOST_CACHE_BITS = 11;

  /** Near pixels by their codes: rows above in the high four bits, 8 - columns in the low. */
  private static final String NEAR =
      "1807171928062729161a262a3805373915"
          + "1b363a252b4804474914"
          + "1c353b464a242c58454b343c035759131d565a232d444c555b333d680267"
          + "69121e666a222e545c434d656b323e78017779535d111f646c424e767a21"
          + "2f757b313f636d525e00747c414f1020626e30737d515f40727e616f5071"
          + "7f6070";

  /** The codes that hold in a part of an image: green and lengths, red, blue, alpha, distance. */
  private record Codes(
      PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {
    static Codes read(BitReader bits, int cached) throws IOException {
      return new Codes(
          PrefixCode.read(bits, LITERALS + LENGTHS + cached),
          PrefixCode.read(bits, LITERALS),
          PrefixCode.read(bits, LITERALS),
          PrefixCode.read(bits, LITERALS),
          PrefixCode.read(bits, DISTANCES));
    }
  }

  /** Where which codes hold: for each block of {@code 1 << bits} pixels a side, their number. */
  private record Blocks(int bits, int width, int[] numbers) {
    int number(int x, int y) {
      return numbers.length == 0 ? 0 : numbers[(y >> bits) * width + (x >> bits)];
    }
  }

  /**
   * Reads an image.
   *
   * @param main whether it is the image itself, whose blocks may have codes of their own, rather
   *     than one that describes it
   */
  static CodedImage read(BitReader bits, int height, int width, boolean main) throws IOException {
    int cacheBits = bits.flag() ? bits.bits(4) : 0;
    if (cacheBits > MOST_CACHE_BITS) {
      throw PrefixCode.damaged("a color cache of " + cacheBits + " bits");
    }
    ColorCache cache = ColorCache.of(cacheBits);
    Blocks blocks =
        main && bits.flag() ? blocks(bits, height, width) : new Blocks(0, 0, new int[0]);
    Codes[] codes = new Codes[1 + Arrays.stream(blocks.numbers).max().orElse(0)];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Codes.read(bits, cache.colors().length);
    }
    var image = new CodedImage(height, width, new int[height * width]);
    image.fill(bits, blocks, codes, cache);
    return image;
  }

  private static Blocks blocks(BitReader bits, int height, int width) throws IOException {
    int shift = 2 + bits.bits(3);
    CodedImage numbers = read(bits, blocks(height, shift), blocks(width, shift), false);
    return new Blocks(
        shift,
        numbers.width,
        Arrays.stream(numbers.argb).map(argb -> argb >> 8 & 0xffff).toArray());
  }

  /** How many blocks of {@code 1 << bits} pixels cover a side. */
  static int blocks(int side, int bits) {
    return side + (1 << bits) - 1 >> bits;
  }

  private void fill(BitReader bits, Blocks blocks, Codes[] codes, ColorCache cache)
      throws IOException {
    int at = 0;
    while (at < argb.length) {
      Codes here = codes[blocks.number(at % width, at / width)];
      int symbol = here.green.symbol(bits);
      int end = at + 1;
      if (symbol < LITERALS) {
        int red = here.red.symbol(bits);
        int blue = here.blue.symbol(bits);
        int alpha = here.alpha.symbol(bits);
        argb[at] = alpha << 24 | red << 16 | symbol << 8 | blue;
      } else if (symbol < LITERALS + LENGTHS) {
        end = at + number(bits, symbol - LITERALS);
        int distance = distance(number(bits, here.distance.symbol(bits)));
        if (distance > at || end > argb.length) {
          throw PrefixCode.damaged("a reference to pixels outside");
        }
        for (int i = at; i < end; i++) {
          argb[i] = argb[i - distance];
        }
      } else {
        argb[at] = cache.colors()[symbol - LITERALS - LENGTHS];
      }
      for (; at < end; at++) {
        cache.add(argb[at]);
      }
    }
  }

  /** A length or distance: a prefix, and as many bits as it says. */
  private static int number(BitReader bits, int prefix) throws IOException {
    if (prefix < 4) {
      return prefix + 1;
    }
    int extra = prefix - 2 >> 1;
    return (2 + (prefix & 1) << extra) + bits.bits(extra) + 1;
  }

  private int distance(int code) {
    int near = NEAR.length() / 2;
    if (code > near) {
      return code - near;
    }
    int place = Integer.parseInt(NEAR, 2 * code - 2, 2 * code, 16);
    return Math.max(1, (place >> 4) * width + 8 - (place & 15));
  }
}
