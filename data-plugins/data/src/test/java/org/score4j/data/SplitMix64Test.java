package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

  /** The published test vector of the reference code, for state 1234567. */
  @Test
  void drawsThePublishedNumbers() {
    SplitMix64 random = new SplitMix64(1234567);
    assertEquals(6457827717110365317L, random.nextLong());
    assertEquals(3203168211198807973L, random.nextLong());
    assertEquals(Long.parseUnsignedLong("9817491932198370423"), random.nextLong());
  }

  @Test
  void streamsOfNeighbouringExamplesAreUniformTogether() {
    double[] firsts =
        IntStream.range(0, 20_000).mapToDouble(n -> SplitMix64.of(7, n).nextDouble()).toArray();
    assertTrue(Sample.uniformityGap(firsts) < 1.95);
    double covariance =
        IntStream.range(0, 19_999)
            .mapToDouble(n -> (firsts[n] - 0.5) * (firsts[n + 1] - 0.5))
            .average()
            .orElseThrow();
    assertEquals(0, covariance, 4.0 / 12 / Math.sqrt(20_000));
  }

  @Test
  void gaussiansHaveTheMomentsAndTheTailOfANormal() {
    SplitMix64 random = SplitMix64.of(3, 0);
    int n = 400_000;
    double[] z = IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
    double mean = 0;
    double square = 0;
    double fourth = 0;
    double within = 0;
    for (double x : z) {
      mean += x / n;
      square += x * x / n;
      fourth += x * x * x * x / n;
      within += Math.abs(x) < 1 ? 1.0 / n : 0;
    }
    double root = Math.sqrt(n);
    assertEquals(0, mean, 4 / root);
    assertEquals(1, square, 4 * Math.sqrt(2) / root);
    assertEquals(3, fourth, 4 * Math.sqrt(96) / root);
    assertEquals(0.6826895, within, 4 * 0.5 / root);
  }
}
