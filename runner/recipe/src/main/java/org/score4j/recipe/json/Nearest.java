package org.score4j.recipe.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {

  /** A longer list helps nobody who is told the word that was meant. */
  private static final int SHORT_LIST = 8;

  private Nearest() {}

  /**
   * The known word nearest to a given one, or the only one that begins with it; empty if none is
   * near. Case and the characters - _ + do not count.
   */
  public static Optional<String> to(String given, Collection<String> known) {
    String plain = plain(given);
    int limit = Math.max(1, plain.length() / 3);
    Optional<String> near =
        known.stream()
            .filter(word -> distance(plain, plain(word)) <= limit)
            .min(Comparator.comparingInt(word -> distance(plain, plain(word))));
    if (near.isPresent() || plain.length() < 3) {
      return near;
    }
    List<String> longer = known.stream().filter(word -> plain(word).startsWith(plain)).toList();
    return longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty();
  }

  /** The same as the end of a message, as in {@code ; did you mean "steps"?}; possibly empty. */
  public static String meant(String given, Collection<String> known) {
    return to(given, known).map(Nearest::question).orElse("");
  }

  /** Whether to list the known words: none was found near, or they are few. */
  public static boolean listHelps(Optional<String> near, Collection<String> known) {
    return near.isEmpty() || known.size() <= SHORT_LIST;
  }

  /** As in {@code ; did you mean "steps"?}. */
  public static String question(String near) {
    return "; did you mean \"" + near + "\"?";
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_+ ]", "");
  }

  /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + substitution);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
