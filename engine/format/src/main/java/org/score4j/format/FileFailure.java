package org.score4j.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Failures to read or write a file, worded with its path and the reason. */
public final class FileFailure {
  private FileFailure() {}

  /** A file could not be written: path and reason. */
  public static UncheckedIOException writing(Path path, IOException e) {
    return new UncheckedIOException("cannot write " + path + ": " + FileFault.reason(e), e);
  }

  /** A file could not be read: path and reason. */
  public static UncheckedIOException reading(Path path, IOException e) {
    return new UncheckedIOException("cannot read " + path + ": " + FileFault.reason(e), e);
  }

  /** A folder could not be listed: path and reason. */
  public static UncheckedIOException listing(Path path, IOException e) {
    return new UncheckedIOException("cannot list " + path + ": " + FileFault.reason(e), e);
  }
}
