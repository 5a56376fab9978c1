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
  private final long most;
  private final LongToIntFunction label;
  private double[] shares = {};

  /**
   * Counts nothing yet.
   *
   * @param size number of examples, at least 1
   * @param most labels to read; of more examples, so many are read that are spread evenly
   */
  CountedShares(int classes, long size, long most, LongToIntFunction label) {
    this.classes = classes;
    this.size = size;
    this.most = most;
    this.label = label;
  }

  /** The shares, [classes], whose sum is 1. */
  synchronized double[] get() {
    if (shares.length < classes) {
      LongAdder[] counts = new LongAdder[classes];
      Arrays.setAll(counts, c -> new LongAdder());
      long read = Math.min(size, most);
      LongStream.range(0, read)
          .parallel()
          .map(n -> read == size ? n : (long) ((n + 0.5) / read * size))
          .forEach(n -> counts[label.applyAsInt(n)].increment());
      shares = Arrays.stream(counts).mapToDouble(count -> count.doubleValue() / read).toArray();
    }
    return shares.clone();
  }
}
