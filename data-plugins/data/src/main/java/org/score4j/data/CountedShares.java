package org.score4j.data;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongToIntFunction;
import java.util.stream.LongStream;

/**
 * The share of the examples that each class has, counted in parallel when it is first asked for.
 */
final class CountedShares {
  private final int classes;
  private final long size;
  private final LongToIntFunction label;
  private double[] shares = {};

  /**
   * Counts nothing yet.
   *
   * @param size number of examples, at least 1
   */
  CountedShares(int classes, long size, LongToIntFunction label) {
    this.classes = classes;
    this.size = size;
    this.label = label;
  }

  /** The shares, [classes], whose sum is 1. */
  synchronized double[] get() {
    if (shares.length < classes) {
      LongAdder[] counts = new LongAdder[classes];
      Arrays.setAll(counts, c -> new LongAdder());
      LongStream.range(0, size).parallel().forEach(n -> counts[label.applyAsInt(n)].increment());
      shares = Arrays.stream(counts).mapToDouble(count -> count.doubleValue() / size).toArray();
    }
    return shares.clone();
  }
}
