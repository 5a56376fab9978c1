package org.score4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadExamplesTest {
  private static long[] numbers(long size, int count) {
    var spread = new SpreadExamples(size, count);
    return IntStream.range(0, count).mapToLong(spread::number).toArray();
  }

  @Test
  void allAreTakenInTheirOrder() {
    assertArrayEquals(new long[] {0, 1, 2, 3, 4}, numbers(5, 5));
  }

  @Test
  void noneIsTakenTwice() {
    for (int size = 1; size < 60; size++) {
      for (int count = 1; count <= size; count++) {
        long[] numbers = numbers(size, count);
        int last = size;
        assertEquals(count, Arrays.stream(numbers).distinct().count());
        assertTrue(Arrays.stream(numbers).allMatch(number -> number >= 0 && number < last));
      }
    }
  }

  @Test
  void theyHaveTheSharesOfClassesInAnyOrder() {
    long[] numbers = numbers(10_000, 1000);
    for (int c = 0; c < 10; c++) {
      int label = c;
      assertEquals(100, Arrays.stream(numbers).filter(n -> n / 1000 == label).count());
      // In turn: a binomial of deviation 9.5.
      assertEquals(100, Arrays.stream(numbers).filter(n -> n % 10 == label).count(), 40);
    }
  }
}
