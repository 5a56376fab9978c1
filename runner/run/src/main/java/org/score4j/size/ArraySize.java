package org.score4j.size;

import org.score4j.recipe.plugin.BadInput;

/** Lengths of arrays, which are products of counts and end at {@code Integer.MAX_VALUE}. */
public final class ArraySize {
  private ArraySize() {}

  /**
   * The product of two counts.
   *
   * @param what the setting that tells the first, for the message
   * @param count how many
   * @param each numbers of each
   * @throws BadInput if no array is that long
   */
  public static int of(String what, long count, long each) {
    if (count > Integer.MAX_VALUE / Math.max(each, 1)) {
      throw new BadInput(
          what
              + " "
              + count
              + ": must be at most "
              + Integer.MAX_VALUE / each
              + ", as examples have "
              + each
              + " numbers and an array holds "
              + Integer.MAX_VALUE);
    }
    return Math.toIntExact(count * each);
  }

  /** Number of batches that so many examples fill, the last perhaps in part. */
  public static int batches(long count, int batch) {
    return Math.toIntExact((count - 1) / batch + 1);
  }
}
