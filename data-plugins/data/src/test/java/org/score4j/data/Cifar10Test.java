package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.data.image.Pictures;
import org.score4j.testkit.DatasetContract;
import org.tensorflow.ndarray.Shape;

class Cifar10Test implements DatasetContract {
  private static final String INNER = "cifar-10-batches-bin/";
  private static final String RULE =
      "path: must be cifar-10-binary.tar.gz of https://www.cs.toronto.edu/~kriz/cifar.html, or the"
          + " folder it unpacks to, found ";

  @TempDir Path folder;
  private Faults faults;

  @BeforeEach
  void start() {
    faults = new Faults(folder);
  }

  /** Record i is labelled i mod 10; channel c of pixel p is c + 3 p + i. */
  private static byte[] batch() {
    byte[] records = new byte[10_000 * 3073];
    for (int i = 0; i < 10_000; i++) {
      records[i * 3073] = (byte) (i % 10);
      for (int c = 0; c < 3; c++) {
        for (int p = 0; p < 1024; p++) {
          records[i * 3073 + 1 + c * 1024 + p] = (byte) (c + 3 * p + i);
        }
      }
    }
    return records;
  }

  private static void tar(ByteArrayOutputStream out, String name, char type, byte[] content) {
    byte[] header = new byte[512];
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, 0, bytes.length);
    byte[] length =
        String.format(Locale.ROOT, "%011o ", content.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(length, 0, header, 124, 12);
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = (byte) type;
    int sum = 0;
    for (byte b : header) {
      sum += Byte.toUnsignedInt(b);
    }
    byte[] checksum =
        String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, header, 148, 8);
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(512 - content.length % 512) % 512]);
  }

  private Cifar10 test(Path path) {
    return new Cifar10(path, Split.TEST, false);
  }

  private Path archive(byte[] testBatch) {
    var out = new ByteArrayOutputStream();
    tar(out, INNER, '5', new byte[0]);
    tar(out, INNER + "readme.html", '0', new byte[700]);
    tar(out, INNER + "test_batch.bin", '0', testBatch);
    out.writeBytes(new byte[1024]);
    return Pictures.write(folder.resolve("c.tar.gz"), IdxFiles.gzip(out.toByteArray()));
  }

  @Override
  public Dataset dataset() {
    Pictures.write(folder.resolve("test_batch.bin"), batch());
    return test(folder);
  }

  @Test
  void recordsArePlanesMadeChannelsLast() {
    Pictures.write(folder.resolve("test_batch.bin"), batch());
    try (Examples examples = test(folder).open()) {
      assertEquals(OptionalLong.of(10_000), examples.size());
      assertEquals(Shape.of(32, 32, 3), examples.shape());
      assertEquals(10, examples.classes());
      byte[] image = Pictures.read(examples, 7);
      for (int k = 0; k < 3072; k++) {
        assertEquals((byte) (k + 7), image[k]);
      }
      assertEquals(7, examples.label(7));
      assertEquals(9, examples.label(9999));
    }
  }

  @Test
  void trainingImagesAreTheFiveBatchesInOrder() throws IOException {
    for (int i = 1; i <= 5; i++) {
      Path path = Pictures.write(folder.resolve(INNER + "data_batch_" + i + ".bin"), new byte[0]);
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        file.write(new byte[] {(byte) i, (byte) (10 * i)});
        file.setLength(10_000 * 3073);
      }
    }
    try (Examples examples = new Cifar10(folder, Split.TRAIN, false).open()) {
      assertEquals(OptionalLong.of(50_000), examples.size());
      for (int i = 1; i <= 5; i++) {
        assertEquals(10 * i, Pictures.read(examples, (i - 1) * 10_000L)[0]);
        assertEquals(i, examples.label((i - 1) * 10_000L));
      }
    }
  }

  @Test
  void archiveAndFolderAreTheSameData() {
    byte[] batch = batch();
    Path archive = archive(batch);
    Pictures.write(folder.resolve(INNER + "test_batch.bin"), batch);
    String fingerprint = test(folder).open().fingerprint();
    assertEquals(fingerprint, test(archive).open().fingerprint());
    assertEquals(fingerprint, test(folder.resolve(INNER)).open().fingerprint());
    assertNotEquals(fingerprint, new Cifar10(archive, Split.TEST, true).open().fingerprint());
  }

  @Test
  void malformedDataAreRefused() {
    faults.assertTold(RULE + "x: no such file", () -> test(folder.resolve("x")).open());
    faults.assertTold(
        "path: must name a file, found test_batch.bin: no such file", () -> test(folder).open());
    Pictures.write(folder.resolve("test_batch.bin"), new byte[3073]);
    faults.assertTold(
        "path: must hold 10,000 records of 3073 bytes: 30730000 in all, found test_batch.bin: 3073"
            + " bytes",
        () -> test(folder).open());
    byte[] labels = new byte[10_000 * 3073];
    labels[3073 * 4] = 10;
    Pictures.write(folder.resolve("test_batch.bin"), labels);
    faults.assertTold(
        "path: must hold labels from 0 to 9, found test_batch.bin: label 10 of image 4",
        () -> test(folder).open());
  }

  @Test
  void malformedArchivesAreRefused() {
    Path short1 = archive(new byte[10]);
    faults.assertTold(
        "path: must hold 10,000 records of 3073 bytes: 30730000 in all, found c.tar.gz/"
            + INNER
            + "test_batch.bin: 10 bytes",
        () -> test(short1).open());
    faults.assertTold(
        RULE + "c.tar.gz: no data_batch_1.bin",
        () -> new Cifar10(short1, Split.TRAIN, false).open());
    Path text = Pictures.write(folder.resolve("t.tar.gz"), new byte[100]);
    faults.assertTold(RULE + "t.tar.gz: Not in GZIP format", () -> test(text).open());
    Path noise = Pictures.write(folder.resolve("t.tar.gz"), IdxFiles.gzip(new byte[] {1, 2, 3}));
    faults.assertTold(RULE + "t.tar.gz: the end of the file too early", () -> test(noise).open());
    byte[] wrong = new byte[512];
    wrong[0] = 'x';
    Arrays.fill(wrong, 124, 156, (byte) '0');
    Path header = Pictures.write(folder.resolve("t.tar.gz"), IdxFiles.gzip(wrong));
    faults.assertTold(
        RULE + "t.tar.gz: a header whose checksum is wrong", () -> test(header).open());
  }
}
