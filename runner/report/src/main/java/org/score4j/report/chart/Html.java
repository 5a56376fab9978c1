package org.score4j.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of a page that is well-formed XML too. Whatever is put into one by {@link #of} is
 * escaped, unless it is a piece itself.
 *
 * @param markup the piece as it stands in the page
 */
public record Html(String markup) {
  /** Nothing. */
  public static final Html NOTHING = new Html("");

  /**
   * A template with its values.
   *
   * @param template markup with a {@code %s} for each value, and {@code %%} for a percent sign
   * @param values texts, numbers and pieces
   */
  public static Html of(String template, Object... values) {
    Object[] safe = Stream.of(values).map(Html::safe).toArray();
    return new Html(String.format(Locale.ROOT, template, safe));
  }

  /** A text. */
  public static Html text(String text) {
    return new Html(escaped(text));
  }

  /** Pieces one after the other. */
  public static Html all(List<Html> pieces) {
    return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  private static String safe(Object value) {
    return value instanceof Html html ? html.markup() : escaped(String.valueOf(value));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** Whether XML, and so a page, can hold a character at all. */
  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c < 0x7F
        || c >= 0xA0 && c < 0xD800
        || c >= 0xE000 && c < 0xFFFE
        || c >= 0x10000 && (c & 0xFFFE) != 0xFFFE;
  }
}
