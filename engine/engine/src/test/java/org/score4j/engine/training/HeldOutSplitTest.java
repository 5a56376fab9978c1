package org.score4j.engine.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

class HeldOutSplitTest {

  /** Example n holds the number n, and is of class n mod 3. */
  private record Numbers(OptionalLong size) implements Examples {
    @Override
    public Shape shape() {
      return Shape.of(1);
    }

    @Override
    public Optional<PixelRange> pixels() {
      return Optional.empty();
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      into.putFloat(index);
    }

    @Override
    public int label(long index) {
      return (int) (index % 3);
    }

    @Override
    public String fingerprint() {
      return "numbers";
    }
  }

  private static float at(Examples examples, long index) {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES);
    examples.read(index, buffer);
    return buffer.getFloat(0);
  }

  @ParameterizedTest
  @CsvSource({"100, 0.1, 10", "7, 0.5, 4", "3, 0.001, 1", "3, 0.999, 2"})
  void everyExampleIsInOnePart(long size, double share, long expected) {
    HeldOutSplit split = new HeldOutSplit(new Numbers(OptionalLong.of(size)), share);
    Set<Float> seen = new HashSet<>();
    for (Examples part : new Examples[] {split.training(), split.heldOut()}) {
      for (long i = 0; i < part.size().getAsLong(); i++) {
        float number = at(part, i);
        assertTrue(seen.add(number), "twice: " + number);
        assertEquals((int) number % 3, part.label(i));
      }
    }
    assertEquals(size, seen.size());
    assertEquals(expected, split.heldOut().size().getAsLong());
    assertNotEquals(split.training().fingerprint(), split.heldOut().fingerprint());
  }

  @Test
  void whatIsHeldOutIsSpreadOverTheData() {
    Examples heldOut = new HeldOutSplit(new Numbers(OptionalLong.of(1000)), 0.1).heldOut();
    int firstHalf = 0;
    for (long i = 0; i < 100; i++) {
      firstHalf += at(heldOut, i) < 500 ? 1 : 0;
    }
    // Binomial with standard deviation 5.
    assertTrue(Math.abs(firstHalf - 50) < 20, firstHalf + " of the first half");
  }

  @Test
  void aDensityGivesFreshExamplesThatTrainingNeverReaches() {
    HeldOutSplit split = new HeldOutSplit(new Numbers(OptionalLong.empty()), 0.1);
    assertEquals(5, at(split.training(), 5));
    assertEquals((float) (1L << 41), at(split.heldOut(), 0));
    assertFalse(split.heldOut().size().isPresent());
  }
}
