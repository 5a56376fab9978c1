package org.score4j;

import java.util.List;

/** A recipe, data, a run folder or an argument cannot be used; nothing was changed. */
public final class InvalidInputException extends Score4jException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** All that was found, each with its place; at least one. */
  public InvalidInputException(List<String> problems, Throwable cause) {
    super(String.join("\n", problems), cause);
    this.problems = List.copyOf(problems);
  }

  /** One problem. */
  public InvalidInputException(String problem) {
    this(List.of(problem), null);
  }

  /** All that was found, each with its place; at least one. */
  public List<String> problems() {
    return problems;
  }
}
