package org.score4j.control;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;

/** An image file, read as numbers. */
final class PngImage {

  private PngImage() {}

  /**
   * Reads an image. A grey one has the same value in every channel asked for; the mean of a colored
   * one is taken if one channel is asked for.
   *
   * @param component of the plugin, that faults are to name
   * @return row-major [height, width, channels]
   * @throws InvalidValueException if there is no image of that size
   */
  static float[] read(
      String component, Path file, int height, int width, int channels, PixelRange range) {
    BufferedImage image = image(component, file, height, width);
    Raster raster = image.getRaster();
    int colors = image.getColorModel().getNumColorComponents();
    double full = (1L << image.getColorModel().getComponentSize(0)) - 1;
    float[] values = new float[height * width * channels];
    for (int i = 0; i < height * width; i++) {
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        int first = channels == 1 ? 0 : Math.min(c, colors - 1);
        int last = channels == 1 ? colors - 1 : first;
        for (int band = first; band <= last; band++) {
          sum += raster.getSample(i % width, i / width, band);
        }
        double share = sum / (last - first + 1) / full;
        values[i * channels + c] = (float) (range.low() + (range.high() - range.low()) * share);
      }
    }
    return values;
  }

  private static BufferedImage image(String component, Path file, int height, int width) {
    BufferedImage image;
    try (var in = new MemoryCacheImageInputStream(Files.newInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InvalidValueException(component, file, "must be an image file, such as PNG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        checkSize(component, file, reader, height, width);
        image = reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (InvalidValueException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders throw whatever a damaged file makes them throw.
      throw new InvalidValueException(component, file, "must be an image file that can be read");
    }
    if (!(image.getColorModel() instanceof IndexColorModel)) {
      return image;
    }
    var plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    plain.createGraphics().drawImage(image, 0, 0, null);
    return plain;
  }

  /** Before memory is taken for the pixels, which a damaged file may have any number of. */
  private static void checkSize(
      String component, Path file, ImageReader reader, int height, int width) throws IOException {
    if (reader.getHeight(0) != height || reader.getWidth(0) != width) {
      throw new InvalidValueException(
          component,
          file + " of " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels",
          "must be an image of " + width + " x " + height + " pixels");
    }
  }
}
