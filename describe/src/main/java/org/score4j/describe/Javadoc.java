package org.score4j.describe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The parts of a Javadoc comment, in plain text.
 *
 * @param description what stands before the block tags
 * @param parameters what is told of each component, in order
 */
record Javadoc(String description, Map<String, String> parameters) {
  private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(?=[a-z])");

  /**
   * Reads a comment.
   *
   * @param names how to write the classes that are linked to
   */
  static Javadoc of(String comment, UnaryOperator<String> names) {
    String[] parts = BLOCK_TAG.split(comment);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] words = parts[i].split("\\s+", 3);
      if (words[0].equals("param") && words.length == 3) {
        parameters.put(words[1], PlainText.of(words[2], names));
      }
    }
    return new Javadoc(PlainText.of(parts[0], names), parameters);
  }
}
