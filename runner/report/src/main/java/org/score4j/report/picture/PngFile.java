package org.score4j.report.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes an image so that the file is either whole or not there. */
final class PngFile {
  private PngFile() {}

  /** Makes missing folders, and replaces a file of that name. */
  static void write(BufferedImage image, Path file) throws IOException {
    WholeFile.write(
        file,
        out -> {
          if (!ImageIO.write(image, "png", out)) {
            throw new IOException("no PNG writer for " + image);
          }
        });
  }
}
