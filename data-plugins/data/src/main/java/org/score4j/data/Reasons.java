package org.score4j.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why files cannot be read, in words; messages of the platform often hold the path alone. */
final class Reasons {
  private Reasons() {}

  static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof FileSystemException system) {
      return system.getReason() == null ? system.toString() : system.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
