package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.data.image.Pictures;
import org.score4j.testkit.DatasetContract;
import org.tensorflow.ndarray.Shape;

class NpyTest implements DatasetContract {
  @TempDir Path folder;
  private Faults faults;

  @BeforeEach
  void start() {
    faults = new Faults(folder);
  }

  /**
   * A file as numpy writes it: the header padded with spaces to a multiple of 64, and a newline.
   */
  static byte[] npy(int major, String descr, boolean fortran, String shape, byte[] values) {
    String dict =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(descr, fortran ? "True" : "False", shape);
    int prefix = major == 1 ? 10 : 12;
    int header = (prefix + dict.length() + 1 + 63) / 64 * 64 - prefix;
    ByteBuffer file =
        ByteBuffer.allocate(prefix + header + values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) major).put((byte) 0);
    if (major == 1) {
      file.putShort((short) header);
    } else {
      file.putInt(header);
    }
    String padded = dict + " ".repeat(header - dict.length() - 1) + "\n";
    return file.put(padded.getBytes(StandardCharsets.US_ASCII)).put(values).array();
  }

  private static byte[] count(int n) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static byte[] floats(ByteOrder order, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    Arrays.stream(values).forEach(value -> bytes.putFloat((float) value));
    return bytes.array();
  }

  private static byte[] doubles(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putDouble);
    return bytes.array();
  }

  private Npy of(byte[] file) {
    return of(file, Layout.CHANNELS_LAST);
  }

  private Npy of(byte[] file, Layout layout) {
    Path path = Pictures.write(folder.resolve("x.npy"), file);
    return new Npy(path, Optional.empty(), Optional.empty(), Optional.of(layout), false, false);
  }

  private Npy labelled(byte[] labels, Optional<Integer> classes) {
    Path path = Pictures.write(folder.resolve("x.npy"), npy(1, "|u1", false, "2, 3", count(6)));
    Path file = Pictures.write(folder.resolve("y.npy"), labels);
    return new Npy(path, Optional.of(file), classes, Optional.empty(), false, false);
  }

  @Override
  public Dataset dataset() {
    return of(npy(1, "<f4", false, "2, 2", floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4)));
  }

  @Test
  void bytesWithChannelsLastAreRows() {
    try (Examples examples = of(npy(1, "|u1", false, "2, 2, 3, 3", count(36))).open()) {
      assertEquals(OptionalLong.of(2), examples.size());
      assertEquals(Shape.of(2, 3, 3), examples.shape());
      assertEquals(Optional.of(PixelRange.UNIT), examples.pixels());
      assertArrayEquals(Arrays.copyOfRange(count(36), 18, 36), Pictures.read(examples, 1));
    }
  }

  @Test
  void channelsFirstAreBroughtLast() {
    try (Examples examples =
        of(npy(2, "|u1", false, "1, 3, 2, 2", count(12)), Layout.CHANNELS_FIRST).open()) {
      assertEquals(Shape.of(2, 2, 3), examples.shape());
      assertArrayEquals(
          new byte[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}, Pictures.read(examples, 0));
    }
    byte[] planes = floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4);
    try (Examples examples =
        of(npy(1, "<f4", false, "1, 2, 1, 2", planes), Layout.CHANNELS_FIRST).open()) {
      assertArrayEquals(new float[] {1, 3, 2, 4}, Pictures.readFloats(examples, 0));
    }
  }

  @Test
  void threeExtentsAreGreyImages() {
    try (Examples examples = of(npy(1, "|u1", false, "2, 2, 3", count(12))).open()) {
      assertEquals(Shape.of(2, 3, 1), examples.shape());
    }
  }

  @Test
  void numbersOfEveryTypeAndByteOrderAreTakenAsTheyAre() {
    float[] expected = {-1.5f, 1e-3f};
    for (byte[] file :
        new byte[][] {
          npy(1, "<f4", false, "2, 2", floats(ByteOrder.LITTLE_ENDIAN, 0, 0, -1.5, 1e-3)),
          npy(3, ">f4", false, "2, 2", floats(ByteOrder.BIG_ENDIAN, 0, 0, -1.5, 1e-3)),
          npy(1, "<f8", false, "2, 2", doubles(0, 0, -1.5, 1e-3))
        }) {
      try (Examples examples = of(file).open()) {
        assertEquals(Shape.of(2), examples.shape());
        assertEquals(Optional.empty(), examples.pixels());
        assertArrayEquals(expected, Pictures.readFloats(examples, 1));
      }
    }
  }

  @Test
  void labelsAreIntegersOfAnyWidth() {
    for (byte[] labels :
        new byte[][] {
          npy(1, "|u1", false, "2,", new byte[] {4, 0}),
          npy(1, "<i8", false, "2,", new byte[] {4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
          npy(1, "<u4", false, "2,", new byte[] {4, 0, 0, 0, 0, 0, 0, 0}),
          npy(1, "<u8", false, "2,", new byte[] {4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
          npy(1, ">i4", false, "2,", new byte[] {0, 0, 0, 4, 0, 0, 0, 0})
        }) {
      try (Examples examples = labelled(labels, Optional.empty()).open()) {
        assertEquals(5, examples.classes());
        assertEquals(4, examples.label(0));
        assertEquals(0, examples.label(1));
      }
    }
    byte[] truths = npy(1, "|b1", false, "2,", new byte[] {1, 0});
    try (Examples examples = labelled(truths, Optional.empty()).open()) {
      assertEquals(2, examples.classes());
      assertEquals(1, examples.label(0));
    }
    byte[] labels = npy(1, "|u1", false, "2,", new byte[] {4, 0});
    try (Examples examples = labelled(labels, Optional.of(10)).open()) {
      assertEquals(10, examples.classes());
    }
    faults.assertTold(
        "labels: must be from 0 to 3, found y.npy: label 4 of row 0",
        () -> labelled(labels, Optional.of(4)).open());
    faults.assertTold(
        "labels: must have shape [2], one label for each row, found y.npy: shape [1]",
        () -> labelled(npy(1, "|u1", false, "1,", new byte[1]), Optional.empty()).open());
    faults.assertTold(
        "labels: must have shape [2], one label for each row; array.ravel() is of one dimension,"
            + " array.argmax(1) makes classes of one-hot rows, found y.npy: shape [2, 1]",
        () -> labelled(npy(1, "|u1", false, "2, 1", new byte[2]), Optional.empty()).open());
    faults.assertTold(
        "labels: must hold plain numbers of type b1, u1, i1, u2, i2, u4, i4, u8, i8;"
            + " np.save(file, array.astype(np.int64)) writes such, found y.npy: values of type f4",
        () -> labelled(npy(1, "<f4", false, "2,", new byte[8]), Optional.empty()).open());
  }

  @Test
  void malformedFilesAreRefused() {
    faults.assertTold(
        "path: must be an .npy file, found x.npy: no header of NumPy's",
        () -> of(new byte[64]).open());
    faults.assertTold(
        "path: must be an .npy file, found x.npy: no header of NumPy's",
        () -> of(new byte[3]).open());
    byte[] version = npy(1, "|u1", false, "1, 1", new byte[1]);
    version[6] = 9;
    faults.assertTold(
        "path: must have version 1, 2 or 3, found x.npy: version 9", () -> of(version).open());
    byte[] minor = npy(1, "|u1", false, "1, 1", new byte[1]);
    minor[7] = 1;
    faults.assertTold(
        "path: must have version 1.0, 2.0 or 3.0, found x.npy: version 1.1",
        () -> of(minor).open());
    byte[] header = npy(2, "|u1", false, "1, 1", new byte[1]);
    Arrays.fill(header, 8, 12, (byte) 0x7f);
    faults.assertTold(
        "path: must have one of at most 65536, found x.npy: a header of 2139062143 bytes",
        () -> of(header).open());
    byte[] cut = Arrays.copyOf(npy(1, "|u1", false, "1, 1", new byte[1]), 40);
    faults.assertTold(
        "path: must be a whole file, found x.npy: the end of the file too early",
        () -> of(cut).open());
    faults.assertTold(
        "path: must hold plain numbers of type u1, f2, f4, f8; np.save(file,"
            + " array.astype(np.float32)) writes such; images of 8 bits need"
            + " array.astype(np.uint8), of 16 bits np.round(array / 257).astype(np.uint8), found"
            + " x.npy: values of type i8",
        () -> of(npy(1, "<i8", false, "1, 1", new byte[8])).open());
    faults.assertTold(
        "path: must be in C order; np.save(file, np.ascontiguousarray(array)) writes it so, found"
            + " x.npy: an array in Fortran's order",
        () -> of(npy(1, "|u1", true, "1, 1", new byte[1])).open());
    faults.assertTold(
        "path: must have at least one extent, each at least 1, found x.npy: shape (0, 4)",
        () -> of(npy(1, "|u1", false, "0, 4", new byte[0])).open());
    faults.assertTold(
        "path: must have shape [N, D], [N, H, W], [N, H, W, C] or [N, C, H, W]; array[:, None] is"
            + " a column [N, 1], found x.npy: shape [3]",
        () -> of(npy(1, "|u1", false, "3,", new byte[3])).open());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1, 1), 'fortran_order': False, 'descr': '|u1",
        "1, 1), 'shape': (1, 1",
        "1, 1), 'order': (1, 1",
        "1, 1)} {'more': (1"
      })
  void headersWithOtherKeysOrTheSameTwiceAreRefused(String shape) {
    var e =
        assertThrows(
            InvalidValueException.class, () -> of(npy(1, "|u1", false, shape, new byte[1])).open());
    assertTrue(e.getMessage().startsWith("path: must"), e.getMessage());
  }

  @Test
  void sizesThatTheFileDoesNotHaveTakeNoMemory() {
    faults.assertTold(
        "path: must hold as many values as its shape [2, 999999999999] says, found x.npy: 7 bytes"
            + " of values",
        () -> of(npy(1, "<f8", false, "2, 999999999999", new byte[7])).open());
    faults.assertTold(
        "path: must hold as many values as its shape [99999999999999999, 99999999999999999] says,"
            + " found x.npy: 7 bytes of values",
        () -> of(npy(1, "<f8", false, "99999999999999999, 99999999999999999", new byte[7])).open());
    faults.assertTold(
        "path: must hold as many values as its shape [2, 3] says, found x.npy: 7 bytes of values",
        () -> of(npy(1, "|u1", false, "2, 3", new byte[7])).open());
  }

  @Test
  void numbersThatAreNotFiniteAreNamed() {
    try (Examples examples = of(npy(1, "<f8", false, "2, 1", doubles(1, 1e300))).open()) {
      faults.assertTold(
          "path: must hold finite numbers of float32, found x.npy: 1.0E300 at place 0 of row 1",
          () -> Pictures.readFloats(examples, 1));
    }
  }

  @Test
  void onlyBytesHaveARangeOfPixels() {
    Path path = Pictures.write(folder.resolve("x.npy"), npy(1, "<f4", false, "1, 1", new byte[4]));
    faults.assertTold(
        "centered: must be false for an array of type f4, which is taken as it is, found true",
        () ->
            new Npy(path, Optional.empty(), Optional.empty(), Optional.empty(), true, false)
                .open());
  }

  @Test
  void fingerprintsChangeWithContentAndLayout() {
    byte[] file = npy(1, "|u1", false, "1, 3, 3, 3", count(27));
    String original = of(file).open().fingerprint();
    assertEquals(original, of(file).open().fingerprint());
    assertNotEquals(original, of(file, Layout.CHANNELS_FIRST).open().fingerprint());
    file[file.length - 1]++;
    assertNotEquals(original, of(file).open().fingerprint());
  }

  /** Bits of 1, -2, the largest, the least above 0, an infinity. */
  @Test
  void halvesAreTakenAsTheyAre() {
    byte[] bits = {0, 0x3c, 0, (byte) 0xc0, (byte) 0xff, 0x7b, 1, 0, 0, 0x7c};
    try (Examples examples = of(npy(1, "<f2", false, "5, 1", bits)).open()) {
      float[] expected = {1, -2, 65504, 0x1p-24f};
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(new float[] {expected[i]}, Pictures.readFloats(examples, i));
      }
      faults.assertTold(
          "path: must hold finite numbers of float32, found x.npy: Infinity at place 0 of row 4",
          () -> Pictures.readFloats(examples, 4));
    }
  }

  @Test
  void extentsThatCanHardlyMeanChannelsLastNeedTheirLayout() {
    byte[] file = npy(1, "|u1", false, "1, 3, 8, 8", count(192));
    Path path = Pictures.write(folder.resolve("x.npy"), file);
    faults.assertTold(
        "layout: must be given: \"channels-first\" for images of 8 x 8 pixels with 3 channels,"
            + " \"channels-last\" if they are 3 x 8 with 8, found x.npy: shape [1, 3, 8, 8]",
        () ->
            new Npy(path, Optional.empty(), Optional.empty(), Optional.empty(), false, false)
                .open());
    assertEquals(Shape.of(8, 8, 3), of(file, Layout.CHANNELS_FIRST).open().shape());
    assertEquals(Shape.of(3, 8, 8), of(file, Layout.CHANNELS_LAST).open().shape());
    byte[] last = npy(1, "|u1", false, "1, 8, 8, 3", count(192));
    Path usual = Pictures.write(folder.resolve("y.npy"), last);
    var open = new Npy(usual, Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    assertEquals(Shape.of(8, 8, 3), open.open().shape());
  }

  @Test
  void floatsFrom0To255ArePixelsIfAsked() {
    Path path =
        Pictures.write(
            folder.resolve("x.npy"),
            npy(1, "<f4", false, "2, 1, 2", floats(ByteOrder.LITTLE_ENDIAN, 0.4, 254.7, 3, 256)));
    var data = new Npy(path, Optional.empty(), Optional.empty(), Optional.empty(), true, true);
    try (Examples examples = data.open()) {
      assertEquals(Optional.of(PixelRange.CENTERED), examples.pixels());
      assertArrayEquals(new byte[] {0, (byte) 255}, Pictures.read(examples, 0));
      faults.assertTold(
          "path: must hold numbers from 0 to 255 to be quantized, found x.npy: 256.0 at place 1 of"
              + " row 1",
          () -> Pictures.read(examples, 1));
    }
  }

  /** Each kind of array that NumPy has and that is not read is refused with how to save it. */
  @ParameterizedTest
  @CsvSource({
    "|b1, (array * 255).astype(np.uint8)",
    "<u2, np.round(array / 257).astype(np.uint8)",
    ">i4, array.astype(np.float32)",
    "<f16, array.astype(np.float32)",
    "<c16, array.real",
    "<M8[s], array.astype(np.int64)",
    "<m8[25us], array.astype(np.int64)",
    "|O, pickled objects are not read",
    "|S5, array.astype(np.float32)",
    "<U5, array.astype(np.float32)"
  })
  void arraysOfOtherTypesAreRefusedWithHowToSaveThem(String type, String remedy) {
    var e =
        assertThrows(
            InvalidValueException.class,
            () -> of(npy(1, type, false, "1, 1", new byte[16])).open());
    assertTrue(e.getMessage().contains(remedy), e.getMessage());
    assertTrue(e.getMessage().endsWith("values of type " + type.substring(1)), e.getMessage());
  }
}
