package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.score4j.data.IdxFiles.gzip;
import static org.score4j.data.IdxFiles.idx;
import static org.score4j.data.IdxFiles.images;
import static org.score4j.data.IdxFiles.labels;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.testkit.DatasetContract;
import org.tensorflow.ndarray.Shape;

class IdxTest implements DatasetContract {
  /** Two images of 2 x 3. */
  private static final byte[] TWO =
      images(2, 2, 3, bytes(0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255));

  @TempDir Path folder;
  private IdxFiles files;

  @BeforeEach
  void start() {
    files = new IdxFiles(folder);
  }

  @Override
  public Dataset dataset() {
    Path images = files.write("images", TWO);
    Path classes = files.write("labels", labels(4, 2));
    return new Idx(images, Optional.of(classes), Optional.empty(), false);
  }

  @Test
  void imagesAreReadRowMajorAsUnsignedBytes() {
    try (Examples examples = unlabelled(TWO)) {
      assertEquals(OptionalLong.of(2), examples.size());
      assertEquals(Shape.of(2, 3, 1), examples.shape());
      assertEquals(Optional.of(PixelRange.UNIT), examples.pixels());
      assertEquals(0, examples.classes());
      ByteBuffer buffer = ByteBuffer.allocate(8).put((byte) 9);
      examples.read(1, buffer);
      assertArrayEquals(bytes(9, 250, 251, 252, 253, 254, 255, 0), buffer.array());
      assertThrows(IndexOutOfBoundsException.class, () -> examples.read(2, buffer.clear()));
      assertThrows(UnsupportedOperationException.class, () -> examples.label(0));
    }
  }

  @Test
  void compressionIsToldByContentNotByName() {
    Path plain = files.write("plain.gz", TWO);
    Path compressed = files.write("compressed", gzip(TWO));
    assertEquals(
        new Idx(plain, Optional.empty(), Optional.empty(), false).open().fingerprint(),
        new Idx(compressed, Optional.empty(), Optional.empty(), false).open().fingerprint());
  }

  @Test
  void labelsGiveTheClasses() {
    try (Examples examples = labelled(labels(200, 3))) {
      assertEquals(201, examples.classes());
      assertEquals(200, examples.label(0));
      assertEquals(3, examples.label(1));
      assertThrows(IndexOutOfBoundsException.class, () -> examples.label(2));
    }
    try (Examples examples = labelled(labels(0, 3), Optional.of(10))) {
      assertEquals(10, examples.classes());
    }
  }

  @Test
  void fingerprintChangesWithContentAndParameters() {
    String original = labelled(labels(0, 1)).fingerprint();
    assertEquals(original, labelled(gzip(labels(0, 1))).fingerprint());
    assertNotEquals(original, labelled(labels(1, 1)).fingerprint());
    assertNotEquals(original, labelled(labels(0, 1), Optional.of(3)).fingerprint());
    assertNotEquals(original, unlabelled(TWO).fingerprint());
    byte[] pixels = Arrays.copyOfRange(TWO, 16, 28);
    assertNotEquals(
        unlabelled(TWO).fingerprint(), unlabelled(images(2, 3, 2, pixels)).fingerprint());
    Path file = files.write("images", TWO);
    Idx centered = new Idx(file, Optional.empty(), Optional.empty(), true);
    assertEquals(Optional.of(PixelRange.CENTERED), centered.open().pixels());
    assertNotEquals(unlabelled(TWO).fingerprint(), centered.open().fingerprint());
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    Path missing = folder.resolve("missing");
    assertFault(
        () -> new Idx(missing, Optional.empty(), Optional.empty(), false).open(),
        "images: must name a file, found " + missing + ": no such file");
    InvalidValueException e =
        assertThrows(
            InvalidValueException.class,
            () -> new Idx(folder, Optional.empty(), Optional.empty(), false).open());
    assertTrue(e.getMessage().startsWith("images: must be a readable"), e.getMessage());
  }

  @Test
  void magicOfAnotherRankOrTypeIsRefused() {
    assertImages(
        labels(1, 2),
        "must be an idx file of unsigned bytes with 3 extents, magic 0x00000803",
        "magic 0x00000801");
    assertImages(
        idx(0x0d03, new int[] {1, 1, 1}, bytes(0, 0, 0, 0)),
        "must be an idx file of unsigned bytes with 3 extents, magic 0x00000803",
        "magic 0x00000d03");
    assertLabels(
        TWO,
        "must be an idx file of unsigned bytes with 1 extents, magic 0x00000801",
        "magic 0x00000803");
  }

  @Test
  void extentsBelowOneAreRefused() {
    String rule = "must have extents of at least 1 and at most 2147483639 values";
    assertImages(images(0, 2, 2), rule, "extents [0, 2, 2]");
    assertImages(images(1, -2, -2, bytes(1, 2, 3, 4)), rule, "extents [1, -2, -2]");
  }

  @Test
  void productsThatOverflowAreRefused() {
    String rule = "must have extents of at least 1 and at most 2147483639 values";
    assertImages(images(1 << 16, 1 << 16, 1), rule, "extents [65536, 65536, 1]");
    int large = Integer.MAX_VALUE;
    assertImages(
        images(large, large, large), rule, "extents [" + large + ", " + large + ", " + large + "]");
  }

  @Test
  void hugeHeaderOfAShortFileTakesNoMemory() {
    byte[] huge = images(2_000_000_000, 1, 1, bytes(1, 2, 3));
    String rule = "must hold as many values as its extents [2000000000, 1, 1] say";
    assertImages(huge, rule, "3 values");
    assertImages(gzip(huge), rule, "3 values");
  }

  @Test
  void tooFewAndTooManyValuesAreRefused() {
    String rule = "must hold as many values as its extents [2, 2, 3] say";
    byte[] shorter = Arrays.copyOf(TWO, TWO.length - 1);
    byte[] longer = Arrays.copyOf(TWO, TWO.length + 1);
    assertImages(shorter, rule, "11 values");
    assertImages(gzip(shorter), rule, "11 values");
    assertImages(longer, rule, "more than 12 values");
    assertImages(gzip(longer), rule, "more than 12 values");
  }

  @Test
  void filesThatEndInTheHeaderAreRefused() {
    for (int length : new int[] {0, 1, 3, 4, 15}) {
      assertImages(
          Arrays.copyOf(TWO, length), "must be a whole idx file", "the end of the file too early");
    }
  }

  @Test
  void truncatedGzipIsRefusedWhereverItEnds() {
    byte[] whole = gzip(TWO);
    for (int length = 2; length < whole.length; length++) {
      assertImages(
          Arrays.copyOf(whole, length),
          "must be a whole idx file",
          "the end of the file too early");
    }
  }

  @Test
  void damagedGzipIsRefused() {
    byte[] damaged = gzip(TWO);
    damaged[damaged.length - 8] ^= 1;
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> unlabelled(damaged).close());
    assertTrue(e.getMessage().contains("undamaged"), e.getMessage());
  }

  @Test
  void labelsThatDoNotMatchTheImagesAreRefused() {
    assertLabels(labels(1, 2, 3), "must have one label for each of the 2 images", "3 labels");
  }

  @Test
  void labelsOutOfRangeAreRefused() {
    assertFault(
        () -> labelled(labels(9, 10), Optional.of(10)),
        "labels: must be from 0 to 9, found " + folder.resolve("labels") + ": label 10 of image 1");
  }

  @Test
  void classesNeedLabelsAndABytesRange() {
    Path file = files.write("images", TWO);
    assertFault(
        () -> new Idx(file, Optional.empty(), Optional.of(10), false),
        "classes: must be left out when there are no labels, found 10");
    assertFault(
        () -> new Idx(file, Optional.of(file), Optional.of(257), false),
        "classes: must lie between 1 and 256, found 257.0");
  }

  private Examples unlabelled(byte[] content) {
    Path file = files.write("images", content);
    return new Idx(file, Optional.empty(), Optional.empty(), false).open();
  }

  private Examples labelled(byte[] labels) {
    return labelled(labels, Optional.empty());
  }

  private Examples labelled(byte[] labels, Optional<Integer> classes) {
    Path images = files.write("images", TWO);
    return new Idx(images, Optional.of(files.write("labels", labels)), classes, false).open();
  }

  private void assertImages(byte[] content, String rule, String found) {
    assertFault(
        () -> unlabelled(content),
        "images: " + rule + ", found " + folder.resolve("images") + ": " + found);
  }

  private void assertLabels(byte[] content, String rule, String found) {
    assertFault(
        () -> labelled(content),
        "labels: " + rule + ", found " + folder.resolve("labels") + ": " + found);
  }

  private static void assertFault(Runnable action, String message) {
    assertEquals(message, assertThrows(InvalidValueException.class, action::run).getMessage());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
