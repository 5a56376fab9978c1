package org.score4j.runner.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks paragraphs into lines.
 *
 * @param width columns to stay within, as far as words allow, 1 or more
 */
public record Fold(int width) {

  /**
   * The lines of a text, between whose words no blanks are but one.
   *
   * @param text a paragraph on each line; lines that begin with blanks stay as they are
   * @param indent blanks in front of every line
   */
  public List<String> lines(String text, int indent) {
    String margin = " ".repeat(indent);
    List<String> lines = new ArrayList<>();
    text.lines()
        .forEach(
            line -> {
              if (line.isBlank() || line.startsWith(" ")) {
                lines.add((margin + line).stripTrailing());
              } else {
                fold(line, margin, lines);
              }
            });
    return lines;
  }

  private void fold(String paragraph, String margin, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.split(" ")) {
      if (!line.isEmpty() && margin.length() + line.length() + 1 + word.length() > width) {
        lines.add(margin + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(margin + line);
  }
}
