package org.score4j.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {
  @TempDir Path folder;

  private static String reason(Executable work) {
    return FileFault.reason(assertThrows(IOException.class, work));
  }

  @Test
  void thePathIsNeverTheReason() throws IOException {
    Path missing = folder.resolve("missing");
    assertEquals("no such file or folder", reason(() -> Files.readString(missing)));
    assertEquals("it is not a folder", reason(() -> Files.list(Files.createFile(missing)).close()));
    assertEquals("it exists already", reason(() -> Files.createFile(missing)));
    assertEquals("the folder is not empty", reason(() -> Files.delete(folder)));
    assertEquals("permission denied", FileFault.reason(new AccessDeniedException("a")));
    assertEquals(
        "its symbolic links form a loop", FileFault.reason(new FileSystemLoopException("a")));
    assertEquals("the folder is not empty", FileFault.reason(new DirectoryNotEmptyException("a")));
  }

  @Test
  void theReasonOfTheSystemIsKept() {
    assertEquals(
        "No space left on device",
        FileFault.reason(new FileSystemException("a", null, "No space left on device")));
    assertEquals(
        "No such file or directory",
        reason(() -> new FileInputStream(folder.resolve("none").toFile()).close()));
    assertEquals("invalid LOC header", FileFault.reason(new ZipException("invalid LOC header")));
  }

  @Test
  void noReasonIsBlankOrAClassNameAlone() {
    assertEquals("it ends too early", FileFault.reason(new EOFException()));
    assertEquals("it is not text in UTF-8", FileFault.reason(new MalformedInputException(1)));
    assertEquals(
        "input or output failed (FileSystemException)",
        FileFault.reason(new FileSystemException("a")));
    assertEquals("input or output failed (IOException)", FileFault.reason(new IOException(" ")));
  }
}
