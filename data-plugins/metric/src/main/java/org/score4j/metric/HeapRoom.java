package org.score4j.metric;

import org.score4j.api.Validation;

/** Refuses settings for which Java's heap is too small, before hours of sampling. */
final class HeapRoom {
  private HeapRoom() {}

  /**
   * Checks that a number of arrays fit.
   *
   * @param key the setting that tells how many
   * @param arrays how many
   * @param bytes of each
   * @param elements why they are that large: numbers in an example
   */
  static void check(String key, int arrays, double bytes, long elements) {
    long heap = Runtime.getRuntime().maxMemory();
    long most = (long) (heap / Math.max(bytes, 1));
    Validation.begin()
        .rule(
            arrays <= most,
            key,
            arrays,
            "must be at most "
                + most
                + " for examples of "
                + elements
                + " elements and a Java heap of "
                + (heap >> 20)
                + " MiB (the option -Xmx of JAVA_OPTS sets it)")
        .end();
  }
}
