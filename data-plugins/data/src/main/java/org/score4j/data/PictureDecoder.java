package org.score4j.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG, JPEG, BMP and GIF (its first image). Samples are taken as they are stored, without
 * colour management: what is transparent keeps its colour, and 16 bits are rounded to 8.
 */
final class PictureDecoder {
  private static final Set<String> FORMATS = Set.of("png", "jpeg", "bmp", "gif");
  private static final int BYTES_PER_PIXEL = 4;

  private PictureDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws IOException whose message says what is wrong, as in "must be ..."
   */
  static Picture decode(byte[] file) throws IOException {
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = reader(stream);
      try {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(stream, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > Memory.largestPiece() / BYTES_PER_PIXEL) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%d x %d pixels, more than the %d that fit into a sixteenth of the heap (see -Xmx)",
                  reader.getWidth(0),
                  reader.getHeight(0),
                  Memory.largestPiece() / BYTES_PER_PIXEL));
        }
        BufferedImage image = reader.read(0);
        refuseHalf(warnings);
        return picture(image);
      } finally {
        reader.dispose();
      }
    } catch (RuntimeException e) {
      // The platform's decoders throw whatever a malformed file makes them throw.
      throw new IOException("a damaged image: " + e, e);
    }
  }

  private static ImageReader reader(MemoryCacheImageInputStream stream) throws IOException {
    for (Iterator<ImageReader> all = ImageIO.getImageReaders(stream); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new IOException("no PNG, JPEG, BMP or GIF image");
  }

  /** JPEG's decoder warns, and fills the rest with grey. */
  private static void refuseHalf(List<String> warnings) throws IOException {
    for (String warning : warnings) {
      if (warning.toLowerCase(Locale.ROOT).contains("premature")) {
        throw new IOException("a damaged image: " + warning);
      }
    }
  }

  private static Picture picture(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel palette
        ? ofPalette(image.getRaster(), palette)
        : ofSamples(image.getRaster());
  }

  private static Picture ofPalette(Raster raster, IndexColorModel palette) {
    boolean grey = true;
    for (int i = 0; i < palette.getMapSize(); i++) {
      grey &= palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i);
    }
    int channels = grey ? 1 : 3;
    int width = raster.getWidth();
    byte[] bytes = new byte[raster.getHeight() * width * channels];
    int[] row = new int[width];
    int next = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int entry : row) {
        bytes[next++] = (byte) palette.getRed(entry);
        if (!grey) {
          bytes[next++] = (byte) palette.getGreen(entry);
          bytes[next++] = (byte) palette.getBlue(entry);
        }
      }
    }
    return new Picture(raster.getHeight(), width, channels, bytes);
  }

  private static Picture ofSamples(Raster raster) {
    int bands = raster.getNumBands();
    int channels = bands < 3 ? 1 : 3;
    int width = raster.getWidth();
    int[] largest = new int[channels];
    for (int c = 0; c < channels; c++) {
      largest[c] = (1 << raster.getSampleModel().getSampleSize(c)) - 1;
    }
    byte[] bytes = new byte[raster.getHeight() * width * channels];
    int[] row = new int[width * bands];
    int next = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          int sample = row[x * bands + c];
          bytes[next++] =
              (byte) (largest[c] == 255 ? sample : Math.round(sample * 255.0 / largest[c]));
        }
      }
    }
    return new Picture(raster.getHeight(), width, channels, bytes);
  }
}
