package org.score4j.runner.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.score4j.runner.plugin.BadInput;

/** All that is wrong with a recipe, told at once and in the order of the file. */
final class Problems {
  private record Problem(Place at, String path, String text) {
    @Override
    public String toString() {
      boolean told = path.isEmpty() || at.source().startsWith("--set " + path + "=");
      return at + (told ? "" : " " + path) + ": " + text;
    }
  }

  private final List<Problem> found = new ArrayList<>();

  /**
   * Notes a problem.
   *
   * @param at where
   * @param path the key's path from the top, such as {@code sampler.grid.rho}; empty for the whole
   * @param text the rule, what was found, the remedy
   */
  void add(Place at, String path, String text) {
    found.add(new Problem(at, path, text));
  }

  /**
   * Ends the reading.
   *
   * @throws BadInput if there was any problem
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw told();
    }
  }

  /** What to tell the user; there is at least one problem. */
  BadInput told() {
    return new BadInput(
        found.stream()
            .sorted(Comparator.comparing(Problem::at))
            .map(Problem::toString)
            .distinct()
            .toList());
  }
}
