package org.score4j.runner.recipe;

import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Says in plain words why a text is not JSON; the parser's own words are for programmers. */
final class SyntaxFault {
  private final String text;
  private final int offset;
  private final String told;
  private final Optional<String> open;

  private SyntaxFault(String text, JacksonException fault, Optional<String> open) {
    this.text = text;
    this.offset = (int) Math.max(0, fault.getLocation().getCharOffset());
    this.told = fault.getOriginalMessage().lines().findFirst().orElse("not JSON");
    this.open = open;
  }

  /**
   * The words.
   *
   * @param text what was read
   * @param fault where and why the parser gave up
   * @param open the innermost bracket not yet closed, with its place
   */
  static String words(String text, JacksonException fault, Optional<String> open) {
    return new SyntaxFault(text, fault, open).words();
  }

  private String words() {
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
      return "text must stand in double quotes; only true, false, null and numbers go without";
    }
    if (told.startsWith("Unrecognized character escape")) {
      return "\\" + here() + " means nothing in JSON; write \\\\ for a backslash, or / in paths";
    }
    if (told.startsWith("Illegal unquoted character")) {
      return here() == '\t'
          ? "a tab within quotes; write \\t"
          : "the line ends within quotes; is the closing \" missing?";
    }
    return structure();
  }

  private String structure() {
    char here = here();
    char before = before();
    if (here == '/' || here == '#') {
      return "JSON has no comments; remove this one";
    }
    if (here == '\'') {
      return "text must stand in double quotes, not single ones";
    }
    if (before == ',' && (here == '}' || here == ']' || here == ',')) {
      return "one comma too many before " + here + "; remove it";
    }
    if (before == ':' && (here == '}' || here == ']' || here == ',')) {
      return "a value is missing before " + here;
    }
    if (here == '}' || here == ']') {
      return open.map(o -> "found " + here + ", but the " + o + " is still open")
          .orElse("one closing " + here + " too many");
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
