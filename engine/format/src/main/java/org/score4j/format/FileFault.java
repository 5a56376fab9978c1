package org.score4j.format;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a file cannot be used, in words for its user. */
public final class FileFault {
  /** {@link FileNotFoundException} appends the reason of the system to the path. */
  private static final Pattern APPENDED = Pattern.compile(".* \\(([^()]+)\\)", Pattern.DOTALL);

  private FileFault() {}

  /**
   * The reason alone, without the path: many messages of the JDK are nothing but the path.
   *
   * @param thrown by an operation on a file
   * @return a clause such as "no such file or folder"; never blank
   */
  public static String reason(IOException thrown) {
    if (thrown instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (thrown instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (thrown instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (thrown instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (thrown instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (thrown instanceof FileSystemLoopException) {
      return "its symbolic links form a loop";
    }
    if (thrown instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    if (thrown instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (thrown instanceof ClosedByInterruptException) {
      return "interrupted";
    }
    String message = Optional.ofNullable(thrown.getMessage()).orElse("").strip();
    if (thrown instanceof FileNotFoundException) {
      Matcher matcher = APPENDED.matcher(message);
      return matcher.matches() ? matcher.group(1) : "no such file or folder";
    }
    if (!message.isEmpty() && !(thrown instanceof FileSystemException)) {
      return message;
    }
    return thrown instanceof EOFException
        ? "it ends too early"
        : "input or output failed (" + thrown.getClass().getSimpleName() + ")";
  }
}
