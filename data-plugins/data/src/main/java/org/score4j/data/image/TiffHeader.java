package org.score4j.data.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF 6.0 or BigTIFF file: what decides whether and how its image is
 * read.
 *
 * @param tags numbers of the tags of which they are few, in the file's order
 */
record TiffHeader(boolean big, Map<Integer, long[]> tags) {
  static final int PHOTOMETRIC = 262;
  static final int PALETTE = 3;
  static final int CMYK = 5;
  static final int YCBCR = 6;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int EXTRA = 338;
  private static final int FORMAT = 339;
  private static final int MOST_VALUES = 16;

  static TiffHeader of(byte[] file) throws IOException {
    boolean little = file[0] == 'I';
    Bytes bytes = little ? Bytes.littleEndian(file) : Bytes.bigEndian(file);
    boolean big = bytes.u16(2) == 43;
    long directory = big ? u64(bytes, 8) : bytes.u32(4);
    long count = big ? u64(bytes, directory) : bytes.u16(directory);
    long at = directory + (big ? 8 : 2);
    int entry = big ? 20 : 12;
    Map<Integer, long[]> tags = new HashMap<>();
    for (long i = 0; i < count; i++, at += entry) {
      int type = bytes.u16(at + 2);
      int size = type == 3 ? 2 : type == 4 ? 4 : type == 16 ? 8 : type == 1 ? 1 : 0;
      long values = big ? u64(bytes, at + 4) : bytes.u32(at + 4);
      if (size == 0 || values < 1 || values > MOST_VALUES) {
        continue;
      }
      long inline = at + (big ? 12 : 8);
      long start =
          values * size <= (big ? 8 : 4) ? inline : big ? u64(bytes, inline) : bytes.u32(inline);
      long[] numbers = new long[(int) values];
      for (int v = 0; v < numbers.length; v++) {
        numbers[v] = number(bytes, start + (long) v * size, size);
      }
      tags.putIfAbsent(bytes.u16(at), numbers);
    }
    return new TiffHeader(big, tags);
  }

  private static long number(Bytes bytes, long at, int size) throws IOException {
    return switch (size) {
      case 1 -> bytes.u8(at);
      case 2 -> bytes.u16(at);
      case 4 -> bytes.u32(at);
      default -> u64(bytes, at);
    };
  }

  private static long u64(Bytes bytes, long at) throws IOException {
    boolean little = bytes.order() == java.nio.ByteOrder.LITTLE_ENDIAN;
    long low = bytes.u32(little ? at : at + 4);
    long high = bytes.u32(little ? at + 4 : at);
    if (high != 0) {
      throw new IOException("a damaged image: a position beyond the end of the file");
    }
    return low;
  }

  private long first(int tag, long otherwise) {
    return tags.containsKey(tag) ? tags.get(tag)[0] : otherwise;
  }

  /**
   * Lets images pass that are read.
   *
   * @throws IOException if this is none
   */
  void check() throws IOException {
    Extent.check(first(WIDTH, 0), first(HEIGHT, 0));
    if (tags.containsKey(TILE_WIDTH)) {
      Extent.check(first(TILE_WIDTH, 0), first(TILE_HEIGHT, 0));
    }
    int bits = bits();
    boolean equal = Arrays.stream(tags.getOrDefault(BITS, new long[] {1})).allMatch(b -> b == bits);
    boolean unsigned =
        Arrays.stream(tags.getOrDefault(FORMAT, new long[] {1})).allMatch(f -> f == 1);
    boolean deep = bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16;
    if (!unsigned || !equal || deep) {
      throw new IOException(
          "a TIFF of samples of "
              + Arrays.toString(tags.getOrDefault(BITS, new long[] {1}))
              + " bits"
              + (unsigned ? "" : ", not unsigned integers")
              + ", where unsigned integers of 1, 2, 4, 8 or 16 bits are read");
    }
    long color = first(PHOTOMETRIC, -1);
    boolean known = color >= 0 && color <= PALETTE || color == CMYK || color == YCBCR;
    if (!known || samples() < 1 || samples() > MOST_VALUES) {
      throw new IOException(
          "a TIFF of color space "
              + color
              + " and "
              + samples()
              + " samples a pixel, where grey, RGB, palettes, CMYK and YCbCr are read");
    }
  }

  int photometric() {
    return (int) first(PHOTOMETRIC, -1);
  }

  int bits() {
    return (int) first(BITS, 1);
  }

  int samples() {
    return (int) Math.min(Integer.MAX_VALUE, first(SAMPLES, 1));
  }

  long compression() {
    return first(COMPRESSION, 1);
  }

  /** 0 unspecified, 1 alpha by which the colors are multiplied, 2 alpha apart; -1 if none. */
  int extra() {
    return (int) first(EXTRA, -1);
  }

  Orientation orientation() {
    return Orientation.of((int) first(ORIENTATION, 1));
  }
}
