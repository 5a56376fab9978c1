package org.score4j.engine.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    var seen = new HashSet<Byte>();
    try (var reader = new BatchReader(new Counting(OptionalLong.of(10)), 5, 1, 2)) {
      for (long step = 1; step <= 2; step++) {
        BatchReader.Batch batch = reader.read(step);
        for (int i = 0; i < 5; i++) {
          assertEquals(batch.data().get(i) + 1, batch.labels()[i]);
          seen.add(batch.data().get(i));
        }
      }
    }
    assertEquals(10, seen.size());
  }

  @Test
  void endlessDataAreReadInOrder() {
    try (var reader = new BatchReader(new Counting(OptionalLong.empty()), 3, 1, 1)) {
      BatchReader.Batch batch = reader.read(4);
      assertEquals(9, batch.data().get(0));
      assertEquals(11, batch.data().get(2));
    }
  }

  /** Rows read one by one, in order, on this thread. */
  private static List<Byte> plainly(Examples examples, int batchSize, long seed, long step) {
    var order = new ExampleOrder(seed, examples.size().orElseThrow());
    var row = ByteBuffer.allocate(1);
    List<Byte> rows = new ArrayList<>();
    for (int i = 0; i < batchSize; i++) {
      examples.read(order.at((step - 1) * batchSize + i), row.clear());
      rows.add(row.get(0));
    }
    return rows;
  }

  private static List<Byte> bytes(BatchReader.Batch batch) {
    List<Byte> bytes = new ArrayList<>();
    for (int i = 0; i < batch.data().remaining(); i++) {
      bytes.add(batch.data().get(i));
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20})
  void readingAheadChangesNoBit(int threads) {
    var examples = new Counting(OptionalLong.of(100));
    try (var reader = new BatchReader(examples, 7, 5, threads)) {
      for (long step : new long[] {1, 2, 3, 4, 50, 51, 51, 2, 3}) {
        BatchReader.Batch batch = reader.read(step);
        assertEquals(plainly(examples, 7, 5, step), bytes(batch));
        for (int i = 0; i < 7; i++) {
          assertEquals(batch.data().get(i) + 1, batch.labels()[i]);
        }
      }
    }
  }

  /** Waits for a permit before each row, and fails at the examples that a test names. */
  private record Gated(Counting inner, Semaphore permits, Set<Long> broken) implements Examples {
    @Override
    public OptionalLong size() {
      return inner.size();
    }

    @Override
    public Shape shape() {
      return inner.shape();
    }

    @Override
    public Optional<PixelRange> pixels() {
      return inner.pixels();
    }

    @Override
    public int classes() {
      return 0;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      permits.acquireUninterruptibly();
      if (broken.contains(index)) {
        throw new IllegalStateException("example " + index + " is broken");
      }
      inner.read(index, into);
    }

    @Override
    public String fingerprint() {
      return "";
    }
  }

  @Test
  @Timeout(30)
  void nextBatchIsReadWhileTheCallerWorks() throws InterruptedException {
    var permits = new Semaphore(8);
    var examples = new Gated(new Counting(OptionalLong.empty()), permits, Set.of());
    try (var reader = new BatchReader(examples, 4, 1, 2)) {
      BatchReader.Batch first = reader.read(1);
      List<Byte> before = bytes(first);
      while (permits.availablePermits() > 0) {
        Thread.onSpinWait();
      }
      // All eight rows are read though only four were asked for, and the first four are untouched.
      assertEquals(before, bytes(first));
      permits.release(4);
      assertEquals(List.of((byte) 4, (byte) 5, (byte) 6, (byte) 7), bytes(reader.read(2)));
      permits.release(4);
    }
  }

  @Test
  @Timeout(30)
  void faultsSurfaceAtTheirOwnStepTheFirstRowFirst() {
    var permits = new Semaphore(1000);
    var examples = new Gated(new Counting(OptionalLong.empty()), permits, Set.of(5L, 7L));
    try (var reader = new BatchReader(examples, 4, 1, 4)) {
      assertEquals(List.of((byte) 0, (byte) 1, (byte) 2, (byte) 3), bytes(reader.read(1)));
      for (int attempt = 0; attempt < 2; attempt++) {
        var e = assertThrows(IllegalStateException.class, () -> reader.read(2));
        assertEquals("example 5 is broken", e.getMessage());
      }
      assertEquals(List.of((byte) 8, (byte) 9, (byte) 10, (byte) 11), bytes(reader.read(3)));
    }
  }

  @Test
  @Timeout(30)
  void closingLeavesNoThread() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (var reader = new BatchReader(new Counting(OptionalLong.of(50)), 4, 1, 3)) {
      reader.read(1);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().equals("batch-reader")) {
        // A pool has terminated an instant before its threads have.
        thread.join(10_000);
        assertFalse(thread.isAlive());
      }
    }
  }
}
