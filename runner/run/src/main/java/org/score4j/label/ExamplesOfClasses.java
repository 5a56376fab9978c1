package org.score4j.label;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.score4j.api.Examples;

/** Finds examples of wanted classes, to be shown beside samples of these classes. */
public final class ExamplesOfClasses {
  private static final long SEARCHED = 10_000;

  private ExamplesOfClasses() {}

  /**
   * The first examples of each class; of more than 10,000 examples, those are searched that lie
   * evenly among them.
   *
   * @param data labelled
   * @param wanted the class of each example
   * @return the number of each, no two the same; -1 where none was found
   */
  public static long[] find(Examples data, int[] wanted) {
    Map<Integer, Queue<Integer>> places = new HashMap<>();
    for (int place = 0; place < wanted.length; place++) {
      places.computeIfAbsent(wanted[place], unused -> new ArrayDeque<>()).add(place);
    }
    long[] found = new long[wanted.length];
    Arrays.fill(found, -1);
    long size = data.size().orElse(SEARCHED);
    long searched = Math.min(size, SEARCHED);
    int missing = wanted.length;
    for (long i = 0; i < searched && missing > 0; i++) {
      long number = size == searched ? i : (long) ((i + 0.5) / searched * size);
      Queue<Integer> open = places.getOrDefault(data.label(number), new ArrayDeque<>());
      if (!open.isEmpty()) {
        found[open.remove()] = number;
        missing--;
      }
    }
    return found;
  }
}
