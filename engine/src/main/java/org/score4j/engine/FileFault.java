package org.score4j.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a file could not be read or written, in words. Java's own message of most such failures is
 * the path alone.
 */
public final class FileFault {
  private static final Map<Class<? extends IOException>, String> REASONS = reasons();

  private FileFault() {}

  private static Map<Class<? extends IOException>, String> reasons() {
    Map<Class<? extends IOException>, String> reasons = new LinkedHashMap<>();
    reasons.put(AccessDeniedException.class, "permission denied");
    reasons.put(NoSuchFileException.class, "no such file or folder");
    reasons.put(FileAlreadyExistsException.class, "a file of this name exists");
    reasons.put(NotDirectoryException.class, "not a folder");
    reasons.put(DirectoryNotEmptyException.class, "the folder is not empty");
    reasons.put(FileSystemLoopException.class, "a symbolic link leads back to its own folder");
    reasons.put(CharacterCodingException.class, "not text in UTF-8");
    return reasons;
  }

  /** The reason of a failure, without the path. */
  public static String reason(IOException e) {
    for (var known : REASONS.entrySet()) {
      if (known.getKey().isInstance(e)) {
        return known.getValue();
      }
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    String message = e instanceof FileSystemException ? null : e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  /** A file could not be written: path and reason. */
  public static UncheckedIOException writing(Path path, IOException e) {
    return new UncheckedIOException("cannot write " + path + ": " + reason(e), e);
  }

  /** A file could not be read: path and reason. */
  public static UncheckedIOException reading(Path path, IOException e) {
    return new UncheckedIOException("cannot read " + path + ": " + reason(e), e);
  }

  /** A folder could not be listed: path and reason. */
  public static UncheckedIOException listing(Path path, IOException e) {
    return new UncheckedIOException("cannot list " + path + ": " + reason(e), e);
  }
}
