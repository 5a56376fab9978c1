package org.score4j.runner.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Writes an image so that the file is either whole or not there. */
final class PngFile {
  private PngFile() {}

  /** Makes missing folders, and replaces a file of that name. */
  static void write(BufferedImage image, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path aside = folder.resolve(file.getFileName() + ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(aside)) {
        if (!ImageIO.write(image, "png", out)) {
          throw new IOException("no PNG writer for " + image);
        }
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
