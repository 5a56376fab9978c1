package org.score4j.report.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.score4j.format.AsideFile;

/** Writes a file so that it is either whole or not there. */
final class WholeFile {
  private WholeFile() {}

  /** Makes missing folders, and replaces a file of that name. */
  static void write(Path file, AsideFile.Writing writing) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      AsideFile.write(file, writing);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
