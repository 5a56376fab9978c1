package org.score4j.runner.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureWordsTest {
  private static String file(String message, IOException cause) {
    return FailureWords.words(new UncheckedIOException(message, cause));
  }

  @Test
  void aPathIsNotItsOwnReason() {
    assertEquals(
        "cannot write a/b: no such file or folder",
        file("cannot write a/b: a/b", new NoSuchFileException("a/b")));
    assertEquals(
        "a: permission denied",
        FailureWords.words(new UncheckedIOException(new AccessDeniedException("a"))));
    assertEquals("cannot read a: cut", file("cannot read a: cut", new IOException("cut")));
    assertEquals(
        "Stream closed",
        FailureWords.words(new UncheckedIOException(new IOException("Stream closed"))));
  }

  @Test
  void aFaultWithoutWordsIsToldWithItsPlace() {
    String told = FailureWords.words(new NullPointerException());
    assertTrue(
        told.matches("internal error: NullPointerException at \\S*FailureWordsTest\\..*:\\d+\\)"),
        told);
  }

  @Test
  void lettersThatTheLocaleLacksAreToldWithTheLocaleToSet() {
    String reason = "Malformed input or input contains unmappable characters";
    assertTrue(
        FailureWords.words(new InvalidPathException("ä", reason))
            .endsWith("LANG=C.UTF-8 runner ..."));
    assertEquals(
        "a\\0: is not a path on this system: Nul character not allowed",
        FailureWords.words(new InvalidPathException("a\\0", "Nul character not allowed")));
  }
}
