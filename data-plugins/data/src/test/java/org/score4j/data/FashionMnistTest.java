package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.testkit.DatasetContract;
import org.tensorflow.ndarray.Shape;

class FashionMnistTest implements DatasetContract {
  private static final String IMAGES = "t10k-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  @Override
  public Dataset dataset() {
    return new FashionMnist();
  }

  @Test
  void defaultIsTheTestSet() {
    try (Examples examples = new FashionMnist().open()) {
      assertEquals(OptionalLong.of(10_000), examples.size());
      assertEquals(Shape.of(28, 28, 1), examples.shape());
      assertEquals(Optional.of(PixelRange.UNIT), examples.pixels());
      assertEquals(10, examples.classes());
    }
  }

  @Test
  void testSetHasAThousandOfEachClassAndThePublishedFirstLabels() {
    try (Examples examples = new FashionMnist().open()) {
      int[] counts = new int[10];
      IntStream.range(0, 10_000).forEach(n -> counts[examples.label(n)]++);
      for (int count : counts) {
        assertEquals(1000, count);
      }
      assertArrayEquals(
          new int[] {9, 2, 1, 1, 6, 1, 4, 6, 5, 7},
          IntStream.range(0, 10).map(examples::label).toArray());
    }
  }

  /** Of pixels in [0, 1], as is well known: mean 0.2868, standard deviation 0.3524. */
  @Test
  void testSetHasTheKnownMeanAndStandardDeviation() {
    try (Examples examples = new FashionMnist().open()) {
      double sum = 0;
      double squares = 0;
      ByteBuffer image = ByteBuffer.allocate(784);
      for (int n = 0; n < 10_000; n++) {
        examples.read(n, image.clear());
        for (byte pixel : image.array()) {
          double x = Byte.toUnsignedInt(pixel) / 255.0;
          sum += x;
          squares += x * x;
        }
      }
      double mean = sum / 7_840_000;
      assertEquals(0.2868, mean, 0.00005);
      assertEquals(0.3524, Math.sqrt(squares / 7_840_000 - mean * mean), 0.0001);
    }
  }

  @Test
  void folderOfTheSameFilesIsTheSameData() throws IOException {
    IdxFiles files = new IdxFiles(folder);
    files.write(IMAGES, unpacked(IMAGES));
    files.write(LABELS + ".gz", packed(LABELS));
    String expected = new FashionMnist().open().fingerprint();
    assertEquals(expected, of(Split.TEST).fingerprint());
    FashionMnist centered = new FashionMnist(Optional.of(folder), Split.TEST, true);
    assertNotEquals(expected, centered.open().fingerprint());
    assertEquals(Optional.of(PixelRange.CENTERED), centered.open().pixels());
  }

  @Test
  void trainingSplitReadsTheTrainingFiles() {
    IdxFiles files = new IdxFiles(folder);
    files.write("train-images-idx3-ubyte", IdxFiles.images(3, 28, 28, new byte[3 * 784]));
    files.write("train-labels-idx1-ubyte", IdxFiles.labels(1, 2, 3));
    try (Examples examples = of(Split.TRAIN)) {
      assertEquals(OptionalLong.of(3), examples.size());
      assertEquals(10, examples.classes());
    }
  }

  @Test
  void trainingSplitWithoutAFolderTellsTheRemedy() {
    InvalidValueException e =
        assertThrows(
            InvalidValueException.class,
            () -> new FashionMnist(Optional.empty(), Split.TRAIN, false));
    assertTrue(e.getMessage().startsWith("split: must be \"test\" without a path"));
    assertTrue(e.getMessage().contains("https://github.com/zalandoresearch/fashion-mnist"));
    assertTrue(e.getMessage().contains("set path"));
  }

  @Test
  void folderWithoutTheFilesIsNamed() {
    assertFault(
        "path: must be the folder of the official files, found "
            + folder
            + ": no t10k-images-idx3-ubyte nor t10k-images-idx3-ubyte.gz");
  }

  @Test
  void otherSizesAndClassesAreRefused() {
    IdxFiles files = new IdxFiles(folder);
    files.write(IMAGES, IdxFiles.images(1, 2, 2, new byte[4]));
    files.write(LABELS, IdxFiles.labels(10));
    assertFault("path: must hold images of 28 x 28, found " + folder + ": images of 2 x 2");
    files.write(IMAGES, IdxFiles.images(1, 28, 28, new byte[784]));
    assertFault(
        "path: must be from 0 to 9, found " + folder.resolve(LABELS) + ": label 10 of image 0");
  }

  private void assertFault(String message) {
    assertEquals(
        message,
        assertThrows(InvalidValueException.class, () -> of(Split.TEST).close()).getMessage());
  }

  private Examples of(Split split) {
    return new FashionMnist(Optional.of(folder), split, false).open();
  }

  private static byte[] packed(String name) throws IOException {
    try (InputStream in = resource(name)) {
      return in.readAllBytes();
    }
  }

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(resource(name))) {
      return in.readAllBytes();
    }
  }

  private static InputStream resource(String name) {
    return FashionMnist.class.getResourceAsStream("fashion-mnist/" + name + ".gz");
  }
}
