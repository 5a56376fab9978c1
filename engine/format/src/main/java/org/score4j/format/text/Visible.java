package org.score4j.format.text;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Locale;

/**
 * Writes characters that a terminal obeys instead of showing, or cannot show, as JSON does: a
 * backslash, u and four digits. Messages repeat names and contents of files that anyone may have
 * made. Escaped are control characters, those that reverse the direction of text, line separators
 * that are no line feed, halves of characters, and what the encoding lacks. JSON stays the same
 * JSON.
 */
public final class Visible {
  private final CharsetEncoder encoder;

  /** For output in an encoding. */
  public Visible(Charset charset) {
    encoder = charset.newEncoder();
  }

  /** The text, with its line ends and tabs as they are. */
  public synchronized String text(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int length;
    for (int i = 0; i < text.length(); i += length) {
      int letter = text.codePointAt(i);
      length = Character.charCount(letter);
      boolean lineEnd =
          letter == '\n' || (letter == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n');
      if (lineEnd || letter == '\t' || (harmless(letter) && canEncode(letter))) {
        shown.appendCodePoint(letter);
      } else {
        text.substring(i, i + length).chars().forEach(unit -> escape(unit, shown));
      }
    }
    return shown.toString();
  }

  /** A text that is to stay on one line, with its line ends and tabs escaped too. */
  public static String line(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            letter -> {
              if (harmless(letter)) {
                shown.appendCodePoint(letter);
              } else {
                Character.toString(letter).chars().forEach(unit -> escape(unit, shown));
              }
            });
    return shown.toString();
  }

  private boolean canEncode(int letter) {
    return letter < 0x80 || encoder.canEncode(Character.toString(letter));
  }

  private static boolean harmless(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      // Joiners and the marks of a direction belong to words of some scripts.
      case Character.FORMAT -> !overrides(letter) && letter != 0xFEFF;
      default -> true;
    };
  }

  /** Embeddings, overrides and isolates of bidirectional text. */
  private static boolean overrides(int letter) {
    return (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
  }

  private static void escape(int unit, StringBuilder into) {
    switch (unit) {
      case '\n' -> into.append("\\n");
      case '\r' -> into.append("\\r");
      case '\t' -> into.append("\\t");
      default -> into.append(String.format(Locale.ROOT, "\\u%04x", unit));
    }
  }
}
