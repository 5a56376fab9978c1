package org.score4j.data.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Decodes the first image of a GIF (CompuServe 1990, Graphics Interchange Format 89a), on the whole
 * screen: around a smaller image the screen has its transparent color, or else color 0.
 */
final class Gif {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;
  private static final int TABLE = 0x80;
  private static final int INTERLACED = 0x40;
  private static final int ENTRY = 3;

  /** First row and row step of the passes of an interlaced image. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private static final int[][] WHOLE = {{0, 1}};

  private final Bytes file;
  private long at = HEADER;
  private byte[] palette = greys();
  private OptionalInt transparent = OptionalInt.empty();

  private Gif(Bytes file) {
    this.file = file;
  }

  static Pixels decode(byte[] file) throws IOException {
    return new Gif(Bytes.littleEndian(file)).decode();
  }

  private Pixels decode() throws IOException {
    table(file.u8(HEADER - 3));
    while (true) {
      int block = file.u8(at++);
      if (block == IMAGE) {
        return image();
      }
      if (block == EXTENSION) {
        extension();
      } else if (block != 0) {
        throw new IOException("a damaged image: a block of kind " + block + ", or no image");
      }
    }
  }

  private void table(int flags) throws IOException {
    if ((flags & TABLE) != 0) {
      palette = file.piece(at, (long) ENTRY << (flags & 7) + 1);
      at += palette.length;
    }
  }

  private void extension() throws IOException {
    if (file.u8(at++) == CONTROL && file.u8(at) >= 4) {
      boolean given = (file.u8(at + 1) & 1) != 0;
      transparent = given ? OptionalInt.of(file.u8(at + 4)) : OptionalInt.empty();
    }
    subBlocks();
  }

  private byte[] subBlocks() throws IOException {
    var all = new ByteArrayOutputStream();
    for (int length = file.u8(at++); length > 0; length = file.u8(at++)) {
      all.write(file.piece(at, length));
      at += length;
    }
    return all.toByteArray();
  }

  private Pixels image() throws IOException {
    int left = file.u16(at);
    int top = file.u16(at + 2);
    int width = file.u16(at + 4);
    int height = file.u16(at + 6);
    int flags = file.u8(at + 8);
    at += 9;
    table(flags);
    int screenWidth = Math.max(file.u16(6), left + width);
    int screenHeight = Math.max(file.u16(8), top + height);
    Extent.check(width, height);
    Extent.check(screenWidth, screenHeight);
    int bits = file.u8(at++);
    byte[] codes = new GifCodes(subBlocks(), bits).decode(width * height);
    byte[] screen = new byte[screenWidth * screenHeight];
    Arrays.fill(screen, (byte) transparent.orElse(0));
    int from = 0;
    for (int[] pass : (flags & INTERLACED) != 0 ? PASSES : WHOLE) {
      for (int y = pass[0]; y < height; y += pass[1], from += width) {
        System.arraycopy(codes, from, screen, (top + y) * screenWidth + left, width);
      }
    }
    return colored(screen, screenWidth);
  }

  private Pixels colored(byte[] screen, int width) throws IOException {
    int colors = Palettes.grey(palette) ? 1 : 3;
    int bands = transparent.isPresent() ? colors + 1 : colors;
    byte[] samples = new byte[screen.length * bands];
    for (int i = 0; i < screen.length; i++) {
      int index = Byte.toUnsignedInt(screen[i]);
      boolean opaque = transparent.isEmpty() || index != transparent.getAsInt();
      if (ENTRY * index + ENTRY > palette.length) {
        throw new IOException(
            "a damaged image: color " + index + " of a palette of " + palette.length / ENTRY);
      }
      System.arraycopy(palette, ENTRY * index, samples, i * bands, colors);
      if (transparent.isPresent()) {
        samples[i * bands + colors] = (byte) (opaque ? 255 : 0);
      }
    }
    return new Pixels(screen.length / width, width, bands, samples);
  }

  /** The colors of a file without a palette. */
  private static byte[] greys() {
    byte[] greys = new byte[ENTRY * 256];
    for (int i = 0; i < greys.length; i++) {
      greys[i] = (byte) (i / ENTRY);
    }
    return greys;
  }
}
