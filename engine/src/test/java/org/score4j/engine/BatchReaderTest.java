package org.score4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

class BatchReaderTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 16, 17, 1000, 10_000})
  void everyEpochVisitsEveryExampleOnce(long size) {
    var order = new ExampleOrder(3, size);
    for (long epoch = 0; epoch < 3; epoch++) {
      var seen = new HashSet<Long>();
      for (long i = 0; i < size; i++) {
        long index = order.at(epoch * size + i);
        assertTrue(index >= 0 && index < size);
        assertTrue(seen.add(index));
      }
    }
  }

  @Test
  void positionsAndExamplesAreUncorrelated() {
    int n = 10_000;
    var order = new ExampleOrder(1, n);
    double sum = 0;
    double neighbours = 0;
    for (int i = 0; i < n; i++) {
      double centred = order.at(i) - (n - 1) / 2.0;
      sum += centred * (i - (n - 1) / 2.0);
      neighbours += centred * (order.at((i + 1) % n) - (n - 1) / 2.0);
    }
    double variance = n * ((double) n * n - 1) / 12;
    // A random permutation's correlations have standard deviation 1 / sqrt(n) = 0.01.
    assertEquals(0, sum / variance, 0.05);
    assertEquals(0, neighbours / variance, 0.05);
  }

  @Test
  void epochsAndSeedsDiffer() {
    var order = new ExampleOrder(1, 100);
    var other = new ExampleOrder(2, 100);
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    List<Long> otherSeed = new ArrayList<>();
    for (long i = 0; i < 100; i++) {
      first.add(order.at(i));
      second.add(order.at(100 + i));
      otherSeed.add(other.at(i));
    }
    assertNotEquals(first, second);
    assertNotEquals(first, otherSeed);
  }

  /** Example i is the byte i, labelled i + 1. */
  private record Counting(OptionalLong size) implements Examples {
    @Override
    public Shape shape() {
      return Shape.of(1);
    }

    @Override
    public Optional<PixelRange> pixels() {
      return Optional.of(PixelRange.UNIT);
    }

    @Override
    public int classes() {
      return 300;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      into.put((byte) index);
    }

    @Override
    public int label(long index) {
      return (int) index + 1;
    }

    @Override
    public String fingerprint() {
      return "";
    }
  }

  @Test
  void labelsBelongToTheirExamplesAndStepsFollowOn() {
    var reader = new BatchReader(new Counting(OptionalLong.of(10)), 5, 1);
    var seen = new HashSet<Byte>();
    for (long step = 1; step <= 2; step++) {
      reader.read(step);
      for (int i = 0; i < 5; i++) {
        assertEquals(reader.data().get(i) + 1, reader.labels()[i]);
        seen.add(reader.data().get(i));
      }
    }
    assertEquals(10, seen.size());
  }

  @Test
  void endlessDataAreReadInOrder() {
    var reader = new BatchReader(new Counting(OptionalLong.empty()), 3, 1);
    reader.read(4);
    assertEquals(9, reader.data().get(0));
    assertEquals(11, reader.data().get(2));
  }
}
