package org.score4j.engine.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClassDrawTest {

  private static int[] counts(double[] shares, long seed, int samples) {
    var draw = new ClassDraw(shares);
    int[] counts = new int[shares.length];
    LongStream.range(0, samples).forEach(n -> counts[draw.of(seed, n)]++);
    return counts;
  }

  @Test
  void countsAreNearTheSharesEvenOfFewSamples() {
    double[] shares = {0.9, 0.1};
    for (long seed = 0; seed < 200; seed++) {
      // Independent draws would have a standard deviation of 3.
      assertEquals(10, counts(shares, seed, 100)[1], 2, "seed " + seed);
    }
    double[] many = {5, 1, 0.5, 2, 1.5};
    int[] found = counts(many, 7, 100_000);
    for (int c = 0; c < many.length; c++) {
      assertEquals(many[c] / 10, found[c] / 100_000.0, 1e-4);
    }
  }

  @Test
  void classesWithoutAShareAreNeverDrawn() {
    int[] found = counts(new double[] {0, 0, 0.5, 0, 0, 0.5, 0}, 3, 10_000);
    assertEquals("[0, 0, 5000, 0, 0, 5000, 0]", Arrays.toString(found));
    assertEquals(1000, counts(new double[] {0, 1, 0}, 0, 1000)[1]);
    assertThrows(IllegalArgumentException.class, () -> new ClassDraw(new double[] {0, 0}));
    assertThrows(IllegalArgumentException.class, () -> new ClassDraw(new double[0]));
  }

  @Test
  void firstSampleOfManySeedsHasTheSharesToo() {
    var draw = new ClassDraw(new double[] {0.3, 0.7});
    long ones = LongStream.range(0, 10_000).filter(seed -> draw.of(seed, 0) == 1).count();
    assertEquals(7000, ones, 4 * Math.sqrt(2100));
  }

  @Test
  void aSampleDependsOnSeedAndNumberAlone() {
    var draw = new ClassDraw(new double[] {1, 2, 3});
    int[] forward = IntStream.range(0, 100).map(n -> draw.of(5, n)).toArray();
    int[] backward = IntStream.range(0, 100).map(n -> draw.of(5, 99 - n)).toArray();
    assertEquals(forward[17], backward[82]);
    assertNotEquals(
        Arrays.toString(forward),
        Arrays.toString(IntStream.range(0, 100).map(n -> draw.of(6, n)).toArray()));
    int far = draw.of(5, 1L << 40);
    assertTrue(far >= 0 && far < 3);
    // Pinned: labels of files already written must come again.
    assertEquals(
        "[1, 2, 2, 1, 2, 1, 0, 2, 1, 2, 2, 0]", Arrays.toString(Arrays.copyOf(forward, 12)));
  }
}
