package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.data.image.Pictures;
import org.score4j.testkit.DatasetContract;
import org.tensorflow.ndarray.Shape;

class SubsetTest implements DatasetContract {
  @TempDir Path folder;

  /** Images [1, 1, 1] with the numbers from 0 to n - 1. */
  private Idx numbers(int n) {
    byte[] values = new byte[n];
    IntStream.range(0, n).forEach(i -> values[i] = (byte) i);
    Path file = new IdxFiles(folder).write("numbers", IdxFiles.images(n, 1, 1, values));
    return new Idx(file, Optional.empty(), Optional.empty(), false);
  }

  private static List<Integer> all(Examples examples) {
    List<Integer> all = new ArrayList<>();
    for (long i = 0; i < examples.size().getAsLong(); i++) {
      all.add(Byte.toUnsignedInt(Pictures.read(examples, i)[0]));
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0.5, 1",
    "3, 0.4, 1",
    "10, 0.2, 2",
    "10, 0.9, 9",
    "97, 0.13, 13",
    "255, 0.333, 85"
  })
  void partsAreDisjointAndTogetherTheWhole(int n, double share, int heldOut) {
    List<Integer> training =
        all(new Subset(numbers(n), Part.TRAINING, share, Division.EVEN).open());
    List<Integer> rest = all(new Subset(numbers(n), Part.HELD_OUT, share, Division.EVEN).open());
    assertEquals(heldOut, rest.size());
    List<Integer> both = new ArrayList<>(training);
    both.addAll(rest);
    both.sort(null);
    assertEquals(IntStream.range(0, n).boxed().toList(), both);
    for (List<Integer> part : List.of(training, rest)) {
      assertEquals(part.stream().sorted().toList(), part);
    }
  }

  @Override
  public Dataset dataset() {
    return new Subset(numbers(10), Part.HELD_OUT, 0.3, Division.EVEN);
  }

  @Test
  void heldOutExamplesAreThoseOfTheFormula() {
    int n = 97;
    long h = Math.round(0.13 * n);
    List<Integer> expected =
        IntStream.range(0, n).filter(i -> (i + 1) * h / n > i * h / n).boxed().toList();
    assertEquals(expected, all(new Subset(numbers(n), Part.HELD_OUT, 0.13, Division.EVEN).open()));
  }

  @Test
  void tailHoldsOutTheLast() {
    assertEquals(
        List.of(7, 8, 9), all(new Subset(numbers(10), Part.HELD_OUT, 0.3, Division.TAIL).open()));
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6),
        all(new Subset(numbers(10), Part.TRAINING, 0.3, Division.TAIL).open()));
  }

  @Test
  void fashionMnistIsDividedIntoEightAndTwoThousandOfAllClasses() {
    Examples whole = new FashionMnist().open();
    Examples training = new Subset().open();
    Examples heldOut = new Subset(new FashionMnist(), Part.HELD_OUT, 0.2, Division.EVEN).open();
    assertEquals(OptionalLong.of(8000), training.size());
    assertEquals(OptionalLong.of(2000), heldOut.size());
    assertEquals(Shape.of(28, 28, 1), heldOut.shape());
    assertEquals(whole.pixels(), heldOut.pixels());
    assertArrayEquals(Pictures.read(whole, 4), Pictures.read(heldOut, 0));
    assertEquals(whole.label(9999), heldOut.label(1999));
    assertEquals("ankle boot", heldOut.classNames().get(9));
    assertArrayEquals(Pictures.read(whole, 9998), Pictures.read(training, 7999));
    int[] counts = new int[10];
    LongStream.range(0, 2000).forEach(i -> counts[heldOut.label(i)]++);
    for (int count : counts) {
      // 200 expected; drawn at random, the standard deviation is 12.
      assertEquals(200, count, 50);
    }
    double[] shares = Arrays.stream(counts).mapToDouble(count -> count / 2000.0).toArray();
    assertArrayEquals(shares, heldOut.classShares(), 1e-12);
  }

  @Test
  void numbersOutsideThePartAreRefused() {
    Examples heldOut = new Subset(numbers(10), Part.HELD_OUT, 0.2, Division.EVEN).open();
    assertThrows(IndexOutOfBoundsException.class, () -> Pictures.read(heldOut, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> Pictures.read(heldOut, -1));
  }

  @Test
  void fingerprintsTellPartsAndSharesApart() {
    String training =
        new Subset(numbers(10), Part.TRAINING, 0.2, Division.EVEN).open().fingerprint();
    assertEquals(
        training, new Subset(numbers(10), Part.TRAINING, 0.2, Division.EVEN).open().fingerprint());
    assertNotEquals(
        training, new Subset(numbers(10), Part.HELD_OUT, 0.2, Division.EVEN).open().fingerprint());
    assertNotEquals(
        training, new Subset(numbers(10), Part.TRAINING, 0.3, Division.EVEN).open().fingerprint());
    assertNotEquals(training, numbers(10).open().fingerprint());
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    Faults faults = new Faults(folder);
    faults.assertTold(
        "share: must lie between 0 and 1, both excluded, found 1.0",
        () -> new Subset(numbers(2), Part.TRAINING, 1, Division.EVEN));
    faults.assertTold(
        "share: must leave examples in both parts; it holds out 0 of 2, found 0.2",
        () -> new Subset(numbers(2), Part.TRAINING, 0.2, Division.EVEN).open());
    var e =
        assertThrows(
            InvalidValueException.class,
            () -> new Subset(new TwoMoons(), Part.TRAINING, 0.2, Division.EVEN).open());
    assertTrue(e.getMessage().startsWith("of: must be data with an end, found TwoMoons"));
  }
}
