package org.score4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.score4j.Monitor;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

class DataCheckTest {
  private static final DataCheck CHECK = new DataCheck(Monitor.none());

  /** Examples of which some cannot be read, and others have no label. */
  private record Some(long count, Set<Long> broken, Set<Long> unlabelled, AtomicLong read)
      implements Examples {
    @Override
    public OptionalLong size() {
      return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }

    @Override
    public Shape shape() {
      return Shape.of(2, 2, 1);
    }

    @Override
    public Optional<PixelRange> pixels() {
      return Optional.of(PixelRange.UNIT);
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      read.incrementAndGet();
      if (broken.contains(index)) {
        throw new InvalidValueException("path", index + ".png: damaged", "must be whole");
      }
      into.put(new byte[4]);
    }

    @Override
    public int label(long index) {
      if (unlabelled.contains(index)) {
        throw new InvalidValueException("label", index, "must have a label");
      }
      return 0;
    }

    @Override
    public String fingerprint() {
      return "";
    }

    @Override
    public List<String> warnings() {
      return List.of("some files were passed over");
    }
  }

  private static Some some(long count, Set<Long> broken, Set<Long> unlabelled) {
    return new Some(count, broken, unlabelled, new AtomicLong());
  }

  @Test
  void everyExampleIsReadAndTheBrokenOnesAreToldInTheirOrder() {
    Some data = some(500, Set.of(17L, 3L, 499L), Set.of(20L));
    List<String> found =
        CHECK.broken(data).orElseThrow().faults().stream()
            .map(InvalidValueException.Fault::found)
            .toList();
    assertEquals(List.of("3.png: damaged", "17.png: damaged", "20", "499.png: damaged"), found);
    assertEquals(500, data.read().get());
  }

  @Test
  void manyAreCounted() {
    Set<Long> all = new java.util.HashSet<>();
    for (long i = 0; i < 250; i++) {
      all.add(i);
    }
    List<InvalidValueException.Fault> faults =
        CHECK.broken(some(250, all, Set.of())).orElseThrow().faults();
    assertEquals(101, faults.size());
    assertEquals("150 more that cannot be read", faults.get(100).found());
  }

  @Test
  void nothingIsToldOfWholeDataAndOfDataWithoutEnd() {
    assertTrue(CHECK.broken(some(7, Set.of(), Set.of())).isEmpty());
    assertTrue(CHECK.broken(some(0, Set.of(), Set.of())).isEmpty());
    assertTrue(CHECK.broken(some(-1, Set.of(1L), Set.of())).isEmpty());
  }

  @Test
  void theWarningsOfPartsOfTheSameDataAreToldOnce() {
    List<String> told = new ArrayList<>();
    DataWarnings.of(Stream.of(some(1, Set.of(), Set.of()), some(2, Set.of(), Set.of())), told::add);
    assertEquals(List.of("warning: some files were passed over"), told);
  }
}
