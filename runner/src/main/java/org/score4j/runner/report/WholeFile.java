package org.score4j.runner.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that it is either whole or not there. */
final class WholeFile {
  private WholeFile() {}

  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** Makes missing folders, and replaces a file of that name. */
  static void write(Path file, Writing writing) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path aside = folder.resolve(file.getFileName() + ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(aside)) {
        writing.to(out);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
