package org.score4j.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Locale;

/**
 * Decodes the first image of a TIFF (Aldus 1992, TIFF 6.0) or BigTIFF: unsigned integers of up to
 * 16 bits, in strips or tiles, grey, RGB, palettes, CMYK and YCbCr.
 */
final class Tiff {
  private static final int PREMULTIPLIED = 1;
  private static final int APART = 2;

  private Tiff() {}

  static Pixels decode(byte[] file) throws IOException {
    TiffHeader header = TiffHeader.of(file);
    header.check();
    BufferedImage image;
    try {
      image = Readers.tiff(file, header.big());
    } catch (RuntimeException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a damaged TIFF image, or one of a kind that is not read (compression %d): %s",
              header.compression(),
              e),
          e);
    }
    return header.orientation().upright(pixels(image, header));
  }

  private static Pixels pixels(BufferedImage image, TiffHeader header) throws IOException {
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return indexed(image.getRaster(), palette);
    }
    Samples samples = Samples.of(image.getRaster());
    int colors = header.photometric() == TiffHeader.CMYK ? 4 : header.photometric() < 2 ? 1 : 3;
    if (samples.bands() < colors) {
      throw new IOException("a damaged image: " + samples.bands() + " samples a pixel");
    }
    if (colors == 4) {
      byte[] rgb = Cmyk.toRgb(samples.bytes(), samples.bands());
      return new Pixels(samples.height(), samples.width(), 3, rgb);
    }
    boolean alpha =
        samples.bands() > colors && (header.extra() == PREMULTIPLIED || header.extra() == APART);
    int bands = alpha ? colors + 1 : colors;
    byte[] kept = new byte[samples.height() * samples.width() * bands];
    for (int i = 0; i < samples.height() * samples.width(); i++) {
      System.arraycopy(samples.bytes(), i * samples.bands(), kept, i * bands, bands);
    }
    if (alpha && header.extra() == PREMULTIPLIED) {
      divide(kept, bands);
    }
    return new Pixels(samples.height(), samples.width(), bands, kept);
  }

  /** Undoes the multiplication by alpha. */
  private static void divide(byte[] samples, int bands) {
    for (int i = 0; i < samples.length; i += bands) {
      int alpha = Byte.toUnsignedInt(samples[i + bands - 1]);
      for (int b = 0; b < bands - 1 && alpha > 0; b++) {
        int color = 255 * Byte.toUnsignedInt(samples[i + b]) / alpha;
        samples[i + b] = (byte) Math.min(255, color);
      }
    }
  }

  private static Pixels indexed(Raster raster, IndexColorModel palette) {
    byte[] rgb = new byte[3 * palette.getMapSize()];
    for (int i = 0; i < palette.getMapSize(); i++) {
      rgb[3 * i] = (byte) palette.getRed(i);
      rgb[3 * i + 1] = (byte) palette.getGreen(i);
      rgb[3 * i + 2] = (byte) palette.getBlue(i);
    }
    int colors = Palettes.grey(rgb) ? 1 : 3;
    int width = raster.getWidth();
    byte[] samples = new byte[raster.getHeight() * width * colors];
    int[] row = new int[width];
    int next = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int index : row) {
        System.arraycopy(rgb, 3 * index, samples, next, colors);
        next += colors;
      }
    }
    return new Pixels(raster.getHeight(), width, colors, samples);
  }
}
