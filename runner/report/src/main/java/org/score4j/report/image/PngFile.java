package org.score4j.report.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.score4j.format.AsideFile;

/** Writes an image so that the file is either whole or not there. */
public final class PngFile {
  private PngFile() {}

  /** Makes missing folders, and replaces a file of that name. */
  public static void write(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    AsideFile.write(
        file,
        out -> {
          if (!ImageIO.write(image, "png", out)) {
            throw new IOException("no PNG writer for " + image);
          }
        });
  }
}
