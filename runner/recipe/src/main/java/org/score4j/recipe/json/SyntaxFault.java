package org.score4j.recipe.json;

import java.util.Optional;
import org.score4j.format.text.Visible;
import tools.jackson.core.StreamReadConstraints;

/** Says in plain words why a text is not JSON; the parser's own words are for programmers. */
final class SyntaxFault {
  private final String text;
  private final int offset;
  private final String told;
  private final Optional<String> open;

  private SyntaxFault(String text, int offset, String told, Optional<String> open) {
    this.text = text;
    this.offset = Math.max(0, offset);
    this.told = told.lines().findFirst().orElse("not JSON");
    this.open = open;
  }

  /**
   * The words.
   *
   * @param text what was read
   * @param offset where the parser gave up
   * @param told why, in its words
   * @param open the innermost bracket not yet closed, with its place
   */
  static String words(String text, int offset, String told, Optional<String> open) {
    return new SyntaxFault(text, offset, told, open).words();
  }

  private String words() {
    if (told.contains("exceeds the maximum allowed")) {
      return limit();
    }
    if (told.contains("closing quote")) {
      return "the closing \" is missing";
    }
    if (offset >= text.length()) {
      return "the text ends too early" + open.map(o -> "; the " + o + " is not closed").orElse("");
    }
    if (told.startsWith("Non-standard token")) {
      return "NaN and Infinity are not JSON; give a finite number";
    }
    if (told.startsWith("Unrecognized token")) {
      return "text must be in double quotes; only true, false, null and numbers are not";
    }
    if (told.startsWith("Unrecognized character escape")) {
      return "\\" + here() + " is not an escape in JSON; write \\\\ for a backslash, or / in paths";
    }
    if (told.startsWith("Illegal unquoted character") && (here() == '\n' || here() == '\r')) {
      return "the line ends within quotes; is the closing \" missing?";
    }
    if (told.startsWith("Illegal unquoted character")) {
      return "a control character within quotes; write " + Visible.line(text(here()));
    }
    return Character.isISOControl(here()) || Character.isWhitespace(here()) || beyondAscii()
        ? strange()
        : structure();
  }

  /** What JSON allows and no recipe needs, which would cost time and memory without end. */
  private String limit() {
    StreamReadConstraints limits = StreamReadConstraints.defaults();
    if (told.contains("nesting")) {
      return "brackets are nested more than " + limits.getMaxNestingDepth() + " deep";
    }
    if (told.startsWith("Number")) {
      return "a number of more than " + limits.getMaxNumberLength() + " characters";
    }
    if (told.startsWith("Name")) {
      return "a key of more than " + limits.getMaxNameLength() + " characters";
    }
    return "a text of more than " + limits.getMaxStringLength() + " characters";
  }

  /** A character that JSON has nowhere but within quotes. */
  private String strange() {
    char here = here();
    String found = Visible.line(text(here)) + " is not allowed here in JSON";
    if (here == '\0') {
      return found + "; is the file UTF-16? Save it as UTF-8";
    }
    return "\u201c\u201d\u201e\u2018\u2019".indexOf(here) >= 0
        ? found + "; write the straight quote \""
        : found + "; remove it";
  }

  private boolean beyondAscii() {
    return here() > '~';
  }

  private static String text(char letter) {
    return String.valueOf(letter);
  }

  private String structure() {
    char here = here();
    char before = before();
    if (here == '/' || here == '#') {
      return "JSON has no comments; remove this one";
    }
    if (here == '\'') {
      return "text must be in double quotes, not single quotes";
    }
    if (before == ',' && (here == '}' || here == ']' || here == ',')) {
      return "extra comma before " + here + "; remove it";
    }
    if (before == ':' && (here == '}' || here == ']' || here == ',')) {
      return "a value is missing before " + here;
    }
    if (here == '}' || here == ']') {
      return open.map(o -> "found " + here + ", but the " + o + " is still open")
          .orElse("extra closing " + here);
    }
    if (told.contains("numeric value") || here == '.' || here == '+') {
      return "numbers are written like 5, -0.5 or 1e-3";
    }
    if (told.contains("expecting comma")) {
      return "a comma is missing before " + here;
    }
    if (told.contains("expecting a colon")) {
      return "a colon is missing between key and value";
    }
    if (told.contains("property name")) {
      return "a key in double quotes is expected here, found " + here;
    }
    return told;
  }

  private char here() {
    return text.charAt(offset);
  }

  /** The last character before the fault that is not white space. */
  private char before() {
    String head = text.substring(0, offset).stripTrailing();
    return head.isEmpty() ? '\0' : head.charAt(head.length() - 1);
  }
}
