package org.score4j.recipe.json;

import java.util.Comparator;

/**
 * Where a value or a key was given.
 *
 * @param source the file, or the option of the command line
 * @param line from 1; 0 for an option, which has no lines
 * @param column from 1; for an option its number among its like
 */
public record Place(String source, int line, int column) implements Comparable<Place> {
  private static final int LONGEST_OPTION = 200;

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::isOption)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  public static Place ofOption(String option, int number) {
    boolean fits = option.length() <= LONGEST_OPTION;
    return new Place(fits ? option : option.substring(0, LONGEST_OPTION) + "...", 0, number);
  }

  public boolean isOption() {
    return line == 0;
  }

  /** Files before options, and each from its beginning to its end. */
  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return isOption() ? source : source + ":" + line + ":" + column;
  }
}
