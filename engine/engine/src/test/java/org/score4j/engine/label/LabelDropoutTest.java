package org.score4j.engine.label;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelDropoutTest {
  private static final int[] CLASSES = IntStream.range(0, 10_000).map(i -> i % 10).toArray();

  @Test
  void hidesTheStatedShareAndLeavesTheRest() {
    int[] told = new LabelDropout(0.1, 3).of(CLASSES, 1);
    long hidden = Arrays.stream(told).filter(c -> c == -1).count();
    assertEquals(1000, hidden, 5 * Math.sqrt(900));
    assertEquals(
        CLASSES.length - hidden,
        IntStream.range(0, told.length).filter(i -> told[i] == CLASSES[i]).count());
  }

  @Test
  void isAFunctionOfSeedAndStep() {
    var dropout = new LabelDropout(0.1, 3);
    assertArrayEquals(dropout.of(CLASSES, 7), dropout.of(CLASSES, 7));
    assertFalse(Arrays.equals(dropout.of(CLASSES, 7), dropout.of(CLASSES, 8)));
    assertFalse(Arrays.equals(dropout.of(CLASSES, 7), new LabelDropout(0.1, 4).of(CLASSES, 7)));
  }

  @Test
  void hidesNoneOrAllAtTheEndsOfItsRange() {
    assertArrayEquals(CLASSES, new LabelDropout(0, 3).of(CLASSES, 1));
    assertEquals(
        0, Arrays.stream(new LabelDropout(1, 3).of(CLASSES, 1)).filter(c -> c != -1).count());
  }
}
