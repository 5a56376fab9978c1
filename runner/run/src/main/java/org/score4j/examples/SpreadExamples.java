package org.score4j.examples;

import java.util.SplittableRandom;

/**
 * Some of a finite data set's examples: one from each of as many equal stretches, at a place in it
 * that is a hash of the stretch's number. The first examples would be of few classes where data are
 * sorted by class, and so would examples at equal distances where the classes take turns.
 *
 * @param size of the data
 * @param count how many, at most as many as there are
 */
public record SpreadExamples(long size, int count) {
  /**
   * The number of an example, increasing with its place among these; the place if all are wanted.
   */
  public long number(int place) {
    long begin = begin(place);
    long end = Math.max(begin + 1, begin(place + 1));
    return new SplittableRandom(place).split().nextLong(begin, end);
  }

  private long begin(int place) {
    return size == count
        ? place
        : Math.min(size - count + place, (long) (place * (double) size / count));
  }
}
