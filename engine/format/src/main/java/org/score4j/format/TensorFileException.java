package org.score4j.format;

import java.nio.file.Path;

/** A tensor file cannot be read, or does not hold what is asked of it. */
public final class TensorFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with which file. */
  public TensorFileException(Path file, String fault) {
    super(file + ": " + fault);
  }
}
