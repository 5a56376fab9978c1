package org.score4j.data.image;

import java.io.EOFException;
import java.io.IOException;

/**
 * Decodes Windows and OS/2 bitmaps: 1 to 32 bits a pixel, masks, run lengths, bottom-up and
 * top-down. The unused byte of 32-bit pixels is alpha only where the header has a mask for it.
 */
final class Bmp {
  private static final int ENTRY = 3;

  private final Bytes file;
  private final BmpHeader header;

  private Bmp(Bytes file, BmpHeader header) {
    this.file = file;
    this.header = header;
  }

  static Pixels decode(byte[] file) throws IOException {
    Bytes bytes = Bytes.littleEndian(file);
    return new Bmp(bytes, BmpHeader.of(bytes)).decode();
  }

  private Pixels decode() throws IOException {
    return header.bits() <= 8 ? indexed() : direct();
  }

  private Pixels indexed() throws IOException {
    byte[] palette = palette();
    int colors = Palettes.grey(palette) ? 1 : 3;
    byte[] indices = header.packed() ? new BmpRuns(file, header).decode() : indices();
    byte[] samples = new byte[indices.length * colors];
    for (int i = 0; i < indices.length; i++) {
      int index = Byte.toUnsignedInt(indices[i]);
      if (ENTRY * index >= palette.length) {
        throw new IOException(
            "a damaged image: color " + index + " of a palette of " + palette.length / ENTRY);
      }
      System.arraycopy(palette, ENTRY * index, samples, i * colors, colors);
    }
    return new Pixels(header.height(), header.width(), colors, samples);
  }

  /** The palette as red, green and blue. */
  private byte[] palette() throws IOException {
    int colors = header.colors();
    byte[] palette = new byte[ENTRY * colors];
    for (int i = 0; i < colors; i++) {
      long at = header.palette() + (long) i * header.paletteEntry();
      for (int c = 0; c < ENTRY; c++) {
        palette[ENTRY * i + c] = (byte) file.u8(at + 2 - c);
      }
    }
    return palette;
  }

  private byte[] indices() throws IOException {
    int bits = header.bits();
    byte[] indices = new byte[header.height() * header.width()];
    int next = 0;
    for (int y = 0; y < header.height(); y++) {
      long row = row(y);
      for (int x = 0; x < header.width(); x++) {
        long bit = (long) x * bits;
        int shift = (int) (Byte.SIZE - bits - bit % Byte.SIZE);
        indices[next++] = (byte) (file.u8(row + bit / Byte.SIZE) >> shift & (1 << bits) - 1);
      }
    }
    return indices;
  }

  private Pixels direct() throws IOException {
    long[] masks = header.masks();
    int bands = masks[3] == 0 ? 3 : 4;
    int bytes = header.bits() / Byte.SIZE;
    byte[] samples = new byte[header.height() * header.width() * bands];
    int next = 0;
    for (int y = 0; y < header.height(); y++) {
      long at = row(y);
      for (int x = 0; x < header.width(); x++, at += bytes) {
        long pixel = bytes == 2 ? file.u16(at) : bytes == 3 ? file.u24(at) : file.u32(at);
        for (int b = 0; b < bands; b++) {
          int shift = Long.numberOfTrailingZeros(masks[b]);
          // Rounded down, as Pillow does.
          samples[next++] = (byte) (((pixel & masks[b]) >> shift) * 255 / (masks[b] >> shift));
        }
      }
    }
    return new Pixels(header.height(), header.width(), bands, samples);
  }

  /** Where a row begins; rows take multiples of four bytes. */
  private long row(int y) throws IOException {
    long length = ((long) header.width() * header.bits() + 31) / 32 * 4;
    long stored = header.topDown() ? y : header.height() - 1 - y;
    long used = ((long) header.width() * header.bits() + 7) / 8;
    long start = header.data() + stored * length;
    if (start + used > file.length()) {
      throw new EOFException("the file ends too early, in the image data");
    }
    return start;
  }
}
