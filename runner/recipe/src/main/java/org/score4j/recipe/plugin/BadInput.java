package org.score4j.recipe.plugin;

import java.util.List;

/**
 * What the user gave cannot be used: a recipe, a plugin jar, an option.
 *
 * <p>The lines are all that the user needs to see; a command prints them and exits with status 2.
 */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  /** One line for each problem, at least one. */
  public BadInput(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  /** A single problem. */
  public BadInput(String line) {
    this(List.of(line));
  }

  /** One line for each problem: where, what was found, the rule, the remedy. */
  public List<String> lines() {
    return lines;
  }
}
