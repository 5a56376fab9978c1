package org.score4j.engine.training;

import org.score4j.engine.random.Hashing;

/**
 * The order in which training visits a data set: every epoch another permutation, each a function
 * of seed and epoch, computed entry by entry without a table.
 *
 * <p>A four-round Feistel network permutes [0, 4^k), the smallest such range that holds [0, size);
 * values that fall outside are permuted again until they fall inside (cycle walking), which is
 * again a permutation.
 */
final class ExampleOrder {
  private static final int ROUNDS = 4;

  private final long seed;
  private final long size;
  private final int halfBits;

  /** An order of {@code size} examples, at least 1. */
  ExampleOrder(long seed, long size) {
    this.seed = Hashing.combine(seed, Hashing.of("example order"));
    this.size = size;
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, size - 1));
    this.halfBits = Math.max(1, (bits + 1) / 2);
  }

  /** The example to visit at a position, counted from 0 through all epochs. */
  long at(long position) {
    long epoch = position / size;
    long value = position % size;
    do {
      value = permute(value, epoch);
    } while (value >= size);
    return value;
  }

  private long permute(long value, long epoch) {
    long mask = (1L << halfBits) - 1;
    long left = value >>> halfBits;
    long right = value & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long key = Hashing.combine(Hashing.combine(seed, epoch), round);
      long mixed = left ^ (Hashing.combine(key, right) & mask);
      left = right;
      right = mixed;
    }
    return (left << halfBits) | right;
  }
}
