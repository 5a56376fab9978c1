package org.score4j.label;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds whether pictures of samples can have a column for each class. */
public final class ClassColumns {
  private static final int MOST = 12;

  private ClassColumns() {}

  /**
   * How many classes take turns, so that each has a column where that many are in a row.
   *
   * @param labels of the samples in their order
   * @return from 2 to 12; empty if there are no labels, or they do not take turns
   */
  public static OptionalInt of(int[] labels) {
    return IntStream.rangeClosed(2, Math.min(MOST, labels.length))
        .filter(period -> takeTurns(labels, period))
        .findFirst();
  }

  private static boolean takeTurns(int[] labels, int period) {
    return IntStream.range(0, labels.length).allMatch(i -> labels[i] == labels[i % period])
        && IntStream.of(labels).limit(period).distinct().count() == period;
  }
}
