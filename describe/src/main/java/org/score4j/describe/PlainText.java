package org.score4j.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the text of a Javadoc comment, with its HTML and inline tags, into lines for a terminal.
 */
final class PlainText {
  private static final Pattern ELEMENT = Pattern.compile("<(/?[a-zA-Z][a-zA-Z0-9]*)[^<>]*>");
  private static final Pattern ENTITY = Pattern.compile("&(#?\\w+);");
  private static final Map<String, String> ENTITIES =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "nbsp", " ", "le", "<=", "ge", ">=");
  private static final Set<String> BLOCKS =
      Set.of("p", "/p", "br", "ul", "/ul", "ol", "/ol", "/li", "pre", "/pre");

  private final String html;
  private final UnaryOperator<String> names;
  private final List<String> lines = new ArrayList<>();
  private StringBuilder block = new StringBuilder();
  private boolean preformatted;

  private PlainText(String html, UnaryOperator<String> names) {
    this.html = html;
    this.names = names;
  }

  /**
   * The text: a paragraph or list item on each line, preformatted lines indented by two blanks.
   *
   * @param names how to write the classes that are linked to
   */
  static String of(String html, UnaryOperator<String> names) {
    PlainText text = new PlainText(html, names);
    text.read();
    return String.join("\n", text.lines);
  }

  private void read() {
    Matcher element = ELEMENT.matcher(html);
    Matcher entity = ENTITY.matcher(html);
    int at = 0;
    while (at < html.length()) {
      if (html.startsWith("{@", at)) {
        int end = closingBrace(at);
        block.append(inline(html.substring(at + 2, end)));
        at = Math.min(html.length(), end + 1);
      } else if (element.region(at, html.length()).lookingAt()) {
        element(element.group(1).toLowerCase(Locale.ROOT));
        at = element.end();
      } else if (entity.region(at, html.length()).lookingAt()) {
        block.append(character(entity.group(1)));
        at = entity.end();
      } else {
        block.append(html.charAt(at));
        at++;
      }
    }
    endBlock();
  }

  private int closingBrace(int from) {
    int depth = 0;
    for (int i = from; i < html.length(); i++) {
      if (html.charAt(i) == '{') {
        depth++;
      } else if (html.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return html.length();
  }

  private String inline(String tag) {
    String[] parts = tag.split("\\s+", 2);
    String content = parts.length == 1 ? "" : parts[1];
    return parts[0].startsWith("link") ? linked(content.strip().split("\\s+", 2)) : content;
  }

  private String linked(String[] target) {
    if (target.length == 2) {
      return target[1];
    }
    String[] type = target[0].split("#", 2);
    String member = type.length == 1 ? "" : type[1].replaceFirst("\\(.*", "");
    String name = type[0].isEmpty() ? "" : names.apply(type[0]);
    return name.isEmpty() || member.isEmpty() ? name + member : name + "." + member;
  }

  private void element(String name) {
    if (name.equals("li")) {
      endBlock();
      block.append("- ");
    } else if (BLOCKS.contains(name)) {
      endBlock();
      preformatted = name.equals("pre");
    }
  }

  private static String character(String entity) {
    if (entity.matches("#\\d{1,6}")) {
      return Character.toString(Integer.parseInt(entity.substring(1)));
    }
    return ENTITIES.getOrDefault(entity, "&" + entity + ";");
  }

  private void endBlock() {
    String text = block.toString();
    block = new StringBuilder();
    if (preformatted) {
      text.stripTrailing().stripIndent().lines().dropWhile(String::isBlank).forEach(this::addCode);
    } else if (!text.isBlank()) {
      lines.add(text.strip().replaceAll("\\s+", " "));
    }
  }

  private void addCode(String line) {
    lines.add("  " + line);
  }
}
