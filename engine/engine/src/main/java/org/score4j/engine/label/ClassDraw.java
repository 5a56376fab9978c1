package org.score4j.engine.label;

import java.util.Arrays;
import org.score4j.engine.random.Hashing;

/**
 * Draws classes in given shares p, the class of sample n being a function of the seed and n:
 *
 * <pre>
 *   class(n) = min { c : p_0 + ... + p_c &gt; u_n },    u_n = frac(n / phi + hash(seed)),
 * </pre>
 *
 * <p>phi being the golden ratio. Each u_n is uniform on [0, 1) over seeds; the sequence has low
 * discrepancy (Niederreiter 1992, "Random number generation and quasi-Monte Carlo methods", theorem
 * 3.3), so that among N samples in a row the count of a class differs from p_c N by O(log N) where
 * independent draws differ by O(sqrt N).
 */
public final class ClassDraw {
  /** 2^64 / phi. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private static final long STREAM = Hashing.of("class labels");

  private final double[] cumulative;
  private final int last;

  /**
   * Draws in shares.
   *
   * @param shares of each class, 0 or above, at least one above 0; relative, so that they need not
   *     sum to 1
   */
  public ClassDraw(double[] shares) {
    cumulative = shares.clone();
    Arrays.parallelPrefix(cumulative, Double::sum);
    int end = shares.length - 1;
    while (end > 0 && shares[end] == 0) {
      end--;
    }
    last = end;
    if (shares.length == 0 || !(cumulative[last] > 0)) {
      throw new IllegalArgumentException("shares " + Arrays.toString(shares) + ": none above 0");
    }
  }

  /** The class of a sample, from 0; one whose share is above 0. */
  public int of(long seed, long sample) {
    long key = Hashing.combine(Hashing.mix(seed), STREAM);
    double u = ((sample * STEP + key) >>> 11) * 0x1p-53;
    int place = Arrays.binarySearch(cumulative, u * cumulative[last]);
    int c = place < 0 ? -place - 1 : place + 1;
    // Equal sums belong to classes without a share.
    while (c < last && cumulative[c] <= u * cumulative[last]) {
      c++;
    }
    return Math.min(c, last);
  }
}
