package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;

/**
 * What every {@link Dataset} must satisfy: examples that depend on their number alone, whenever, in
 * whatever order and by whichever thread they are read; that fill their place in a buffer and
 * nothing else; numbers that are finite, labels that are classes; numbers of examples that do not
 * exist are refused.
 *
 * <pre>
 *   class MyDataTest implements DatasetContract {
 *     public Dataset dataset() { return new MyData(); }
 *   }
 * </pre>
 */
public interface DatasetContract {

  /** Labels that are counted. */
  long COUNTED = 10_000;

  /** The data set under test, with two different examples at least. */
  Dataset dataset();

  @Test
  default void examplesHaveAShape() {
    try (Examples examples = dataset().open()) {
      int rank = examples.shape().numDimensions();
      assertTrue(rank == 1 || rank == 3, "shape " + examples.shape() + " is no [D] or [H, W, C]");
      assertFalse(examples.shape().hasUnknownDimension(), "shape " + examples.shape());
      assertTrue(examples.shape().size() > 0, "shape " + examples.shape());
      assertTrue(examples.pixels().isEmpty() || rank == 3, "bytes of shape " + examples.shape());
      examples.size().ifPresent(size -> assertTrue(size > 0, "size " + size));
    }
  }

  @Test
  default void anExampleFillsItsPlaceAlone() {
    try (Examples examples = dataset().open()) {
      int bytes = bytes(examples);
      int element = examples.pixels().isPresent() ? 1 : Float.BYTES;
      byte[] expected = read(examples, 0);
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        for (var buffer : List.of(ByteBuffer.allocate(bytes + 8), direct(bytes + 8))) {
          examples.read(0, buffer.order(order).position(4));
          assertEquals(4 + bytes, buffer.position(), "position behind the example");
          for (int i = 0; i < 4; i++) {
            assertEquals(0, buffer.get(i), "ahead of the example");
            assertEquals(0, buffer.get(4 + bytes + i), "behind the example");
          }
          for (int i = 0; i < bytes; i++) {
            int at =
                order == ByteOrder.BIG_ENDIAN
                    ? i
                    : i / element * element + element - 1 - i % element;
            assertEquals(expected[i], buffer.get(4 + at), "byte " + i + ", " + order);
          }
        }
      }
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Test
  default void anExampleIsTheSameWheneverItIsRead() {
    try (Examples examples = dataset().open();
        Examples again = dataset().open()) {
      int count = count(examples);
      List<byte[]> inOrder = IntStream.range(0, count).mapToObj(n -> read(examples, n)).toList();
      IntStream.range(0, count)
          .parallel()
          .map(n -> count - 1 - n)
          .forEach(n -> assertArrayEquals(inOrder.get(n), read(again, n), "example " + n));
      assertTrue(
          inOrder.stream().anyMatch(each -> !Arrays.equals(each, inOrder.get(0))),
          "all examples are the same");
    }
  }

  @Test
  default void numbersAreFinite() {
    try (Examples examples = dataset().open()) {
      for (int n = 0; n < count(examples) && examples.pixels().isEmpty(); n++) {
        var values = ByteBuffer.wrap(read(examples, n)).asFloatBuffer();
        while (values.hasRemaining()) {
          float value = values.get();
          assertTrue(Float.isFinite(value), "found " + value + " in example " + n);
        }
      }
    }
  }

  @Test
  default void labelsAreClassesOrRefused() {
    try (Examples examples = dataset().open();
        Examples again = dataset().open()) {
      int classes = examples.classes();
      if (classes == 0) {
        assertThrows(UnsupportedOperationException.class, () -> examples.label(0));
        return;
      }
      for (int n = 0; n < count(examples); n++) {
        int label = examples.label(n);
        assertTrue(label >= 0 && label < classes, "label " + label + " of " + classes + " classes");
        assertEquals(label, again.label(n), "label of example " + n);
      }
    }
  }

  @Test
  default void classNamesAreOneForEachClassOrNone() {
    try (Examples examples = dataset().open()) {
      List<String> names = examples.classNames();
      assertTrue(names.isEmpty() || names.size() == examples.classes(), "names " + names);
      assertEquals(names.size(), Set.copyOf(names).size(), "different names in " + names);
      assertTrue(names.stream().noneMatch(String::isBlank), "blank names in " + names);
    }
  }

  @Test
  default void classSharesAreThoseOfTheLabels() {
    try (Examples examples = dataset().open()) {
      double[] shares = examples.classShares();
      assertEquals(examples.classes(), shares.length, "one share for each class");
      if (shares.length == 0) {
        return;
      }
      assertEquals(1, Arrays.stream(shares).sum(), 1e-9, "sum of " + Arrays.toString(shares));
      long many = Math.min(COUNTED, examples.size().orElse(COUNTED));
      // Only data read in full have exactly these shares; of more, the first may be of one class.
      boolean exact = examples.size().orElse(Long.MAX_VALUE) <= COUNTED;
      double[] counts = new double[shares.length];
      for (long n = 0; n < many; n++) {
        counts[examples.label(n)]++;
      }
      for (int c = 0; c < shares.length && (exact || examples.size().isEmpty()); c++) {
        double deviation = Math.sqrt(shares[c] * (1 - shares[c]) / many);
        double tolerance = exact ? 1e-9 : 6 * deviation + 1e-9;
        assertEquals(shares[c], counts[c] / many, tolerance, "share of class " + c);
      }
    }
  }

  @Test
  default void examplesThatDoNotExistAreRefused() {
    try (Examples examples = dataset().open()) {
      assertThrows(IndexOutOfBoundsException.class, () -> read(examples, -1));
      examples
          .size()
          .ifPresent(
              size -> assertThrows(IndexOutOfBoundsException.class, () -> read(examples, size)));
    }
  }

  /** Metrics take their examples from number 2^40 on. */
  @Test
  default void aDensityHasNoEnd() {
    try (Examples examples = dataset().open()) {
      if (examples.size().isEmpty()) {
        byte[] far = read(examples, 1L << 40);
        assertFalse(Arrays.equals(read(examples, 0), far), "number 0 comes again");
        read(examples, Long.MAX_VALUE - 1);
      }
    }
  }

  @Test
  default void theFingerprintStaysTheSame() {
    try (Examples examples = dataset().open();
        Examples again = dataset().open()) {
      assertFalse(examples.fingerprint().isBlank());
      assertEquals(examples.fingerprint(), again.fingerprint());
    }
  }

  @Test
  default void closingTwiceIsFineAndOpeningAfterItToo() {
    Examples examples = dataset().open();
    byte[] expected = read(examples, 0);
    examples.close();
    examples.close();
    try (Examples again = dataset().open()) {
      assertArrayEquals(expected, read(again, 0));
    }
  }

  private static int count(Examples examples) {
    return (int) Math.min(200, examples.size().orElse(200));
  }

  private static int bytes(Examples examples) {
    int each = examples.pixels().isPresent() ? 1 : Float.BYTES;
    return Math.toIntExact(examples.shape().size() * each);
  }

  private static byte[] read(Examples examples, long index) {
    byte[] bytes = new byte[bytes(examples)];
    examples.read(index, ByteBuffer.wrap(bytes));
    return bytes;
  }
}
