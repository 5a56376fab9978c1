package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.data.TfRecord.Content;
import org.score4j.data.image.Pictures;
import org.score4j.testkit.DatasetContract;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

class TfRecordTest implements DatasetContract {
  @TempDir Path folder;
  private Faults faults;

  @BeforeEach
  void start() {
    faults = new Faults(folder);
  }

  private static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + 0xa282ead8;
  }

  private static byte[] framed(byte[]... records) {
    var out = new ByteArrayOutputStream();
    for (byte[] data : records) {
      byte[] length =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
      out.writeBytes(length);
      out.writeBytes(little(masked(length)));
      out.writeBytes(data);
      out.writeBytes(little(masked(data)));
    }
    return out.toByteArray();
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static Feature bytes(byte[] value) {
    return Feature.newBuilder()
        .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFrom(value)))
        .build();
  }

  private static Feature integers(long... values) {
    var list = Int64List.newBuilder();
    Arrays.stream(values).forEach(list::addValue);
    return Feature.newBuilder().setInt64List(list).build();
  }

  /** An example of features, each a name and a {@link Feature}. */
  private static byte[] example(Object... features) {
    var all = Features.newBuilder();
    for (int i = 0; i < features.length; i += 2) {
      all.putFeature((String) features[i], (Feature) features[i + 1]);
    }
    return Example.newBuilder().setFeatures(all).build().toByteArray();
  }

  private Path write(String name, byte[] content) {
    return Pictures.write(folder.resolve(name), content);
  }

  private static TfRecord encoded(Path path, Optional<String> label, Optional<Integer> classes) {
    return new TfRecord(
        path,
        "image",
        Content.ENCODED,
        label,
        classes,
        Optional.empty(),
        Optional.empty(),
        Resize.NONE,
        false,
        List.of(),
        Broken.REFUSE);
  }

  private static TfRecord raw(Path path, Content content, Optional<Integer> side) {
    return new TfRecord(
        path,
        "data",
        content,
        Optional.empty(),
        Optional.empty(),
        side.map(List::of),
        side.map(unused -> 3),
        Resize.NONE,
        false,
        List.of(),
        Broken.REFUSE);
  }

  private static TfRecord plain(Path path) {
    return encoded(path, Optional.empty(), Optional.empty());
  }

  @Override
  public Dataset dataset() {
    byte[] first = example("image", bytes(Pictures.flat(1)), "label", integers(1));
    byte[] second = example("image", bytes(Pictures.flat(2)), "label", integers(0));
    Path path = write("x.tfrecord", framed(first, second));
    return encoded(path, Optional.of("label"), Optional.of(2));
  }

  /** Written by other code: the format's description, with a table-free CRC32C, in Python. */
  @Test
  void recordsFramedByOtherCodeAreRead() throws IOException {
    byte[] file = HexFormat.of().parseHex("0300000000000000b099490e6162636e57f121");
    StoredFile stored = StoredFile.open("path", write("x", file));
    try (RecordFile records = RecordFile.index(stored, new Fingerprint("x"))) {
      assertEquals(1, records.count());
      assertEquals("abc", new String(records.data(0), StandardCharsets.US_ASCII));
    }
    assertArrayEquals(file, framed("abc".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void encodedImagesAndLabelsOfAllShardsAreReadInOrder() {
    byte[] first = example("image", bytes(Pictures.flat(1)), "label", integers(4));
    byte[] second = example("image", bytes(Pictures.flat(2)), "label", integers(0));
    byte[] third = example("image", bytes(Pictures.flat(3)), "label", integers(9));
    write("x.tfrecord-00001-of-00002", framed(third));
    write("x.tfrecord-00000-of-00002", framed(first, second));
    write("dataset_info.json", new byte[5]);
    try (Examples examples = encoded(folder, Optional.of("label"), Optional.of(10)).open()) {
      assertEquals(OptionalLong.of(3), examples.size());
      assertEquals(Shape.of(2, 2, 1), examples.shape());
      assertEquals(10, examples.classes());
      int[] labels = {4, 0, 9};
      for (int i = 0; i < 3; i++) {
        byte value = (byte) (i + 1);
        assertArrayEquals(new byte[] {value, value, value, value}, Pictures.read(examples, i));
        assertEquals(labels[i], examples.label(i));
      }
    }
  }

  @Test
  void rawBytesHaveTheShapeOfTheirRecord() {
    byte[] pixels = Pictures.samples(2, 3, 3);
    byte[] planes = new byte[18];
    for (int i = 0; i < 6; i++) {
      for (int c = 0; c < 3; c++) {
        planes[c * 6 + i] = pixels[3 * i + c];
      }
    }
    Path first = write("a", framed(example("data", bytes(planes), "shape", integers(3, 2, 3))));
    try (Examples examples = raw(first, Content.CHANNELS_FIRST, Optional.empty()).open()) {
      assertEquals(Shape.of(2, 3, 3), examples.shape());
      assertArrayEquals(pixels, Pictures.read(examples, 0));
    }
    Path last = write("b", framed(example("data", bytes(Pictures.samples(2, 2, 3)))));
    try (Examples examples = raw(last, Content.CHANNELS_LAST, Optional.of(2)).open()) {
      assertEquals(Shape.of(2, 2, 3), examples.shape());
      assertArrayEquals(Pictures.samples(2, 2, 3), Pictures.read(examples, 0));
    }
    String rule = "path: " + BrokenImages.RULE + ", found ";
    faults.assertTold(
        rule + "b: record 0: raw bytes without a shape; give size and channels",
        () -> raw(last, Content.CHANNELS_LAST, Optional.empty()).open());
    Path huge =
        write("c", framed(example("data", bytes(planes), "shape", integers(3, 1 << 20, 1 << 20))));
    faults.assertTold(
        rule + "c: record 0: 18 raw bytes of an image of shape [3, 1048576, 1048576]",
        () -> raw(huge, Content.CHANNELS_FIRST, Optional.empty()).open());
  }

  @Test
  void damagedRecordsAreNamed() {
    byte[] record = example("image", bytes(Pictures.flat(1)));
    byte[] file = framed(record, record);
    int second = file.length / 2;
    byte[] data = file.clone();
    data[second + 20] ^= 1;
    Path damaged = write("x", data);
    try (Examples examples = plain(damaged).open()) {
      faults.assertTold(
          "path: "
              + BrokenImages.RULE
              + ", found x: record 1: data that do not have their checksum",
          () -> Pictures.read(examples, 1));
    }
    byte[] length = file.clone();
    length[second + 3] ^= 1;
    Path wrong = write("x", length);
    faults.assertTold(
        "path: must be an undamaged TFRecord file, found x: a length of record 1 that does not have"
            + " its checksum",
        () -> plain(wrong).open());
    for (int end : new int[] {1, 11, 15, second - 1}) {
      Path cut = write("x", Arrays.copyOf(file, second + end));
      faults.assertTold(
          "path: must hold whole records, found x: the end of the file in record 1",
          () -> plain(cut).open());
    }
  }

  @Test
  void hugeLengthWithItsChecksumTakesNoMemory() {
    for (long length : new long[] {Long.MAX_VALUE, -1, 1L << 40}) {
      byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      var out = new ByteArrayOutputStream();
      out.writeBytes(bytes);
      out.writeBytes(little(masked(bytes)));
      out.writeBytes(new byte[20]);
      Path file = write("x", out.toByteArray());
      faults.assertTold(
          "path: must hold whole records, found x: the end of the file in record 0",
          () -> plain(file).open());
    }
  }

  @Test
  void otherContentIsRefused() {
    String rule = "path: " + BrokenImages.RULE + ", found ";
    Path text = write("x", framed(new byte[] {-1, -1, -1}));
    String message =
        assertThrows(IllegalArgumentException.class, () -> plain(text).open()).getMessage();
    assertEquals(
        rule + folder.resolve("x") + ": record 0: no tf.train.Example",
        message.substring(0, message.indexOf("Example") + 7));
    Path other = write("x", framed(example("label", integers(1), "img", integers(2))));
    faults.assertTold(
        rule + "x: record 0: no feature \"image\"; there are [img, label]",
        () -> plain(other).open());
    Path several = write("x", framed(example("image", integers(1))));
    faults.assertTold(
        rule + "x: record 0: not one byte string in the feature \"image\"; there are [image]",
        () -> plain(several).open());
    Path empty = write("x", new byte[0]);
    faults.assertTold(
        "path: must hold from 1 to 2147483647 records, found x: 0 records",
        () -> plain(empty).open());
    Path compressed = write("x", IdxFiles.gzip(framed(new byte[3])));
    faults.assertTold(
        "path: must be unpacked first, with gunzip, found x: a file compressed with gzip",
        () -> plain(compressed).open());
  }

  @Test
  void labelsAreChecked() {
    Path path =
        write(
            "x",
            framed(
                example("image", bytes(Pictures.flat(1)), "label", integers(3)),
                example("image", bytes(Pictures.flat(1)))));
    try (Examples examples = encoded(path, Optional.of("label"), Optional.of(3)).open()) {
      String rule = "path: must hold a label for each image, found x: record ";
      faults.assertTold(rule + "0: label 3, which is not from 0 to 2", () -> examples.label(0));
      faults.assertTold(rule + "1: no integer in the feature \"label\"", () -> examples.label(1));
    }
    faults.assertTold(
        "classes: must be given if and only if there is a label, found none",
        () -> encoded(path, Optional.of("label"), Optional.empty()));
  }

  @Test
  void fingerprintChangesWithAnyByte() {
    byte[] record = example("image", bytes(Pictures.flat(1)));
    Path path = write("x", framed(record));
    String original = plain(path).open().fingerprint();
    assertEquals(original, plain(path).open().fingerprint());
    write("x", framed(example("image", bytes(Pictures.flat(2)))));
    assertNotEquals(original, plain(path).open().fingerprint());
  }

  @Test
  void brokenRecordsAreSkippedIfAsked() {
    byte[] image = example("image", bytes(Pictures.flat(1)), "label", integers(0));
    byte[] other = example("image", bytes(Pictures.flat(2)), "label", integers(1));
    byte[] text = example("image", bytes(new byte[] {1, 2, 3}), "label", integers(0));
    byte[] first = framed(image, text, other);
    write("a.tfrecord", first);
    byte[] second = framed(other, image);
    second[20] ^= 1;
    write("b.tfrecord", second);
    var skipping =
        new TfRecord(
            folder,
            "image",
            Content.ENCODED,
            Optional.of("label"),
            Optional.of(2),
            Optional.empty(),
            Optional.empty(),
            Resize.NONE,
            false,
            List.of(),
            Broken.SKIP);
    String skipped;
    try (Examples examples = skipping.open()) {
      assertEquals(OptionalLong.of(3), examples.size());
      int[] labels = {0, 1, 0};
      for (int i = 0; i < 3; i++) {
        assertEquals(labels[i], examples.label(i));
        assertEquals(labels[i] + 1, Pictures.read(examples, i)[0]);
      }
      assertEquals(
          List.of(
              folder
                  + ": skipped 2 of 5 images that cannot be read: a.tfrecord: record 1 (no image,"
                  + " where PNG, JPEG, GIF, BMP, TIFF or WebP is read), b.tfrecord: record 0 (data"
                  + " that do not have their checksum)"),
          examples.warnings());
      skipped = examples.fingerprint();
    }
    second[20] ^= 1;
    write("b.tfrecord", second);
    try (Examples examples = skipping.open()) {
      assertEquals(OptionalLong.of(4), examples.size());
      assertNotEquals(skipped, examples.fingerprint());
    }
    write("a.tfrecord", framed(text));
    write("b.tfrecord", framed(text));
    var e = assertThrows(InvalidValueException.class, skipping::open);
    assertEquals(2, e.faults().size());
  }

  /** However many records there are: a rare class must not look like one without examples. */
  @Test
  void everyLabelCountsWithoutReadingTheImages() {
    byte[][] records = new byte[1000][];
    Arrays.fill(records, example("image", bytes(new byte[3000]), "label", integers(0)));
    records[0] = example("image", bytes(Pictures.flat(1)), "label", integers(0));
    records[777] = example("a", bytes(new byte[9]), "label", integers(2), "z", bytes(new byte[9]));
    Path path = write("x", framed(records));
    try (Examples examples = encoded(path, Optional.of("label"), Optional.of(3)).open()) {
      assertArrayEquals(new double[] {0.999, 0, 0.001}, examples.classShares(), 1e-12);
    }
  }
}
