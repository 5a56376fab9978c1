package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.data.image.Pictures;
import org.score4j.testkit.DatasetContract;
import org.tensorflow.ndarray.Shape;

class ZipImagesTest implements DatasetContract {
  @TempDir Path folder;
  private Faults faults;
  private Path path;

  @BeforeEach
  void start() {
    faults = new Faults(folder);
    path = folder.resolve("x.zip");
  }

  /** Names and contents by turns, the images stored as EDM's tool stores them. */
  private void write(Object... entries) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        byte[] content = (byte[]) entries[i + 1];
        ZipEntry entry = new ZipEntry((String) entries[i]);
        if (entry.getName().endsWith(".png")) {
          CRC32 crc = new CRC32();
          crc.update(content);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Pictures.write(path, bytes.toByteArray());
  }

  private ZipImages images() {
    return images(true);
  }

  private ZipImages images(boolean labels) {
    return new ZipImages(
        path,
        labels,
        Optional.empty(),
        Optional.empty(),
        Resize.NONE,
        false,
        List.of(),
        Broken.REFUSE);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Dataset dataset() {
    write("a.png", Pictures.flat(1), "b.png", Pictures.flat(2));
    return images();
  }

  @Test
  void imagesComeInTheOrderOfTheirNamesWithTheLabelsOfDatasetJson() {
    write(
        "00000/img00000001.png",
        Pictures.flat(2),
        "00000/img00000000.png",
        Pictures.flat(1),
        "dataset.json",
        text("{\"labels\": [[\"00000/img00000000.png\", 6], [\"00000/img00000001.png\", 9]]}"));
    try (Examples examples = images().open()) {
      assertEquals(OptionalLong.of(2), examples.size());
      assertEquals(Shape.of(2, 2, 1), examples.shape());
      assertEquals(10, examples.classes());
      assertArrayEquals(new byte[] {1, 1, 1, 1}, Pictures.read(examples, 0));
      assertArrayEquals(new byte[] {2, 2, 2, 2}, Pictures.read(examples, 1));
      assertArrayEquals(new int[] {6, 9}, IntStream.range(0, 2).map(examples::label).toArray());
      String labelled = examples.fingerprint();
      assertNotEquals(labelled, images(false).open().fingerprint());
      assertEquals(0, images(false).open().classes());
    }
  }

  @Test
  void labelsMayBeNull() {
    write("a.png", Pictures.flat(1), "dataset.json", text("{\"labels\": null}"));
    assertEquals(0, images().open().classes());
  }

  @Test
  void compressedEntriesAreReadToo() {
    write("a.bmp", Pictures.encoded(Pictures.image(3, 4, false), "bmp"));
    try (Examples examples = images().open()) {
      assertArrayEquals(Pictures.samples(3, 4, 3), Pictures.read(examples, 0));
    }
  }

  @Test
  void imagesAreReadByManyThreadsAtOnce() {
    Object[] entries = new Object[400];
    for (int i = 0; i < 200; i++) {
      entries[2 * i] = String.format(Locale.ROOT, "%03d.png", i);
      entries[2 * i + 1] = Pictures.flat(i);
    }
    write(entries);
    try (Examples examples = images().open()) {
      assertTrue(
          IntStream.range(0, 200)
              .parallel()
              .allMatch(i -> Pictures.read(examples, i)[3] == (byte) i));
    }
  }

  @Test
  void damagedEntriesAreNamed() throws IOException {
    write("a.png", Pictures.flat(1), "b.png", Pictures.flat(2));
    byte[] file = Files.readAllBytes(path);
    int second = new String(file, StandardCharsets.ISO_8859_1).indexOf("b.png");
    file[second + 20] ^= 1;
    Pictures.write(path, file);
    try (Examples examples = images().open()) {
      faults.assertTold(
          "path: "
              + BrokenImages.RULE
              + ", found x.zip/b.png: content that does not have"
              + " the length and checksum given for it",
          () -> Pictures.read(examples, 1));
    }
  }

  @Test
  void malformedFilesAreRefused() throws IOException {
    faults.assertTold("path: must be a zip file, found x.zip: no such file", () -> images().open());
    write("readme", new byte[3]);
    faults.assertTold(
        "path: must hold " + FileNames.endings() + " files, found x.zip: no image, but readme",
        () -> images().open());
    write("a.png", text("no image"));
    faults.assertTold(
        "path: "
            + BrokenImages.RULE
            + ", found x.zip/a.png: no image, where PNG, JPEG, GIF, BMP, TIFF or WebP is read",
        () -> images().open());
    write("a.png", Pictures.flat(1), "dataset.json", text("{\"labels\": [[\"b.png\", 1]]}"));
    faults.assertTold(
        "path: must have a label for each image, found x.zip/dataset.json: no label of a.png",
        () -> images().open());
    byte[] whole = Files.readAllBytes(path);
    Pictures.write(path, Arrays.copyOf(whole, whole.length - 10));
    String message =
        assertThrows(IllegalArgumentException.class, () -> images().open()).getMessage();
    assertTrue(
        message.startsWith("path: must be an undamaged zip file, found " + path + ": "), message);
  }
}
