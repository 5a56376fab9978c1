package org.score4j.control;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
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
    BufferedImage image = image(component, file);
    if (image.getHeight() != height || image.getWidth() != width) {
      throw new InvalidValueException(
          component,
          file + " of " + image.getWidth() + " x " + image.getHeight() + " pixels",
          "must be an image of " + width + " x " + height + " pixels");
    }
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

  private static BufferedImage image(String component, Path file) {
    BufferedImage image;
    try (var in = Files.newInputStream(file)) {
      image = ImageIO.read(in);
    } catch (IOException e) {
      throw new InvalidValueException(component, file, "must be an image file that can be read");
    }
    if (image == null) {
      throw new InvalidValueException(component, file, "must be an image file, such as PNG");
    }
    if (!(image.getColorModel() instanceof IndexColorModel)) {
      return image;
    }
    var plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    plain.createGraphics().drawImage(image, 0, 0, null);
    return plain;
  }
}
