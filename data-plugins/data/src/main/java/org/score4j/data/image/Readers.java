package org.score4j.data.image;

import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Readers of Image I/O, each asked for by its class: which one the registry would choose depends on
 * what else is on the path. They read from memory, and so need no folder for temporary files.
 */
final class Readers {
  private Readers() {}

  /** Components of a JPEG as they are stored. */
  static Samples jpeg(byte[] file) throws IOException {
    return with(
        platformsJpeg(),
        file,
        (reader, warnings) -> {
          Samples samples = Samples.of(reader.readRaster(0, null));
          for (String warning : warnings) {
            String lower = warning.toLowerCase(Locale.ROOT);
            // libjpeg warns, and fills the rest with grey.
            if (lower.contains("premature")
                || lower.contains("huffman")
                || lower.contains("instead of rst")) {
              throw new IOException("a damaged image: " + warning);
            }
          }
          return samples;
        });
  }

  private static ImageReader platformsJpeg() throws IOException {
    for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName("jpeg"); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (reader.getClass().getModule().equals(ImageIO.class.getModule())) {
        return reader;
      }
      reader.dispose();
    }
    throw new IOException("this Java lacks its decoder of JPEG");
  }

  /** The first image of a TIFF in its own color space. */
  static BufferedImage tiff(byte[] file, boolean big) throws IOException {
    ImageReaderSpi provider = big ? new BigTIFFImageReaderSpi() : new TIFFImageReaderSpi();
    return with(provider.createReaderInstance(), file, Readers::first);
  }

  private static BufferedImage first(ImageReader reader, List<String> warnings) throws IOException {
    ImageReadParam raw = reader.getDefaultReadParam();
    raw.setDestinationType(reader.getRawImageType(0));
    BufferedImage image = reader.read(0, raw);
    for (String warning : warnings) {
      // Said of every last strip that is shorter than the others; too short data end in an error.
      if (!warning.startsWith("strip/tileByteCount < required")) {
        throw new IOException("a damaged image: " + warning);
      }
    }
    return image;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(ImageReader reader, List<String> warnings) throws IOException;
  }

  private static <T> T with(ImageReader reader, byte[] file, Reading<T> reading)
      throws IOException {
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      List<String> warnings = new ArrayList<>();
      reader.setInput(stream, false, true);
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      return reading.read(reader, warnings);
    } finally {
      reader.dispose();
    }
  }
}
