package org.score4j.recipe.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.score4j.format.text.Visible;
import org.score4j.recipe.plugin.BadInput;

/** All that is wrong with a recipe, told at once and in the order of the file. */
public final class Problems {
  /** A new one. */
  public Problems() {}

  private static final int LONGEST_PATH = 200;

  private record Problem(Place at, String path, String text, List<String> hints) {
    /** The problem with those of its hints that have not been told. */
    String line(Set<String> told) {
      boolean known = path.isEmpty() || at.source().startsWith("--set " + path + "=");
      StringBuilder line =
          new StringBuilder(at + (known ? "" : " " + shortened(path)) + ": " + text);
      for (String hint : hints) {
        if (told.add(hint)) {
          line.append(line.charAt(line.length() - 1) == '?' ? " " : ". ").append(hint);
        }
      }
      return Visible.line(line.toString());
    }

    private static String shortened(String path) {
      return path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "..." : path;
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
  public void add(Place at, String path, String text) {
    add(at, path, text, List.of());
  }

  /**
   * Notes a problem.
   *
   * @param hints sentences to follow, each told but once
   */
  public void add(Place at, String path, String text, List<String> hints) {
    found.add(new Problem(at, path, text, hints));
  }

  /**
   * Ends the reading.
   *
   * @throws BadInput if there was any problem
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw told();
    }
  }

  /** What to tell the user; there is at least one problem. */
  public BadInput told() {
    Set<String> hinted = new HashSet<>();
    return new BadInput(
        found.stream()
            .sorted(Comparator.comparing(Problem::at))
            .distinct()
            .map(problem -> problem.line(hinted))
            .toList());
  }
}
