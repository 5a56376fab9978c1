package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.data.image.Memory;
import org.score4j.data.image.Picture;
import org.score4j.data.image.Pictures;
import org.score4j.testkit.DatasetContract;
import org.tensorflow.ndarray.Shape;

class ImageFolderTest implements DatasetContract {
  @TempDir Path folder;
  private Faults faults;

  @BeforeEach
  void start() {
    faults = new Faults(folder);
  }

  private void write(String name, byte[] content) {
    Pictures.write(folder.resolve(name), content);
  }

  private ImageFolder images() {
    return images(Optional.empty(), Optional.empty(), Resize.NONE);
  }

  private ImageFolder images(
      Optional<List<Integer>> size, Optional<Integer> channels, Resize resize) {
    return new ImageFolder(folder, true, size, channels, resize, false, List.of(), Broken.REFUSE);
  }

  @Override
  public Dataset dataset() {
    write("1/a.png", Pictures.flat(1));
    write("2/b.png", Pictures.png(2, 2, true));
    return images();
  }

  @Test
  void imagesComeInTheOrderOfTheirNamesInTheShapeOfTheFirst() {
    write("b.png", Pictures.flat(2));
    write("a.PNG", Pictures.flat(1));
    write("c.bmp", Pictures.flat(3));
    write("notes.txt", new byte[3]);
    write(".hidden.png", new byte[3]);
    try (Examples examples = images().open()) {
      assertEquals(OptionalLong.of(3), examples.size());
      assertEquals(Shape.of(2, 2, 1), examples.shape());
      assertEquals(Optional.of(PixelRange.UNIT), examples.pixels());
      assertEquals(0, examples.classes());
      assertArrayEquals(new byte[] {1, 1, 1, 1}, Pictures.read(examples, 0));
      assertArrayEquals(new byte[] {3, 3, 3, 3}, Pictures.read(examples, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> Pictures.read(examples, 3));
      assertThrows(UnsupportedOperationException.class, () -> examples.label(0));
    }
  }

  @Test
  void coloursAreReadChannelsLast() {
    write("a.png", Pictures.png(3, 5, false));
    try (Examples examples = images().open()) {
      assertEquals(Shape.of(3, 5, 3), examples.shape());
      assertArrayEquals(Pictures.samples(3, 5, 3), Pictures.read(examples, 0));
    }
  }

  @Test
  void subFoldersAreClassesInTheOrderOfTheirNames() {
    write("cat/1.png", Pictures.flat(1));
    write("ant/x/2.png", Pictures.flat(2));
    write("dog/0.png", Pictures.flat(3));
    write("empty/readme", new byte[1]);
    try (Examples examples = images().open()) {
      assertEquals(3, examples.classes());
      assertEquals(List.of("ant", "cat", "dog"), examples.classNames());
      assertArrayEquals(new int[] {0, 1, 2}, IntStream.range(0, 3).map(examples::label).toArray());
      assertArrayEquals(new byte[] {2, 2, 2, 2}, Pictures.read(examples, 0));
    }
    var unlabelled =
        new ImageFolder(
            folder,
            false,
            Optional.empty(),
            Optional.empty(),
            Resize.NONE,
            true,
            List.of(),
            Broken.REFUSE);
    try (Examples examples = unlabelled.open()) {
      assertEquals(0, examples.classes());
      assertEquals(Optional.of(PixelRange.CENTERED), examples.pixels());
    }
  }

  @Test
  void linksToFoldersAreFollowed(@TempDir Path disk) throws IOException {
    Files.createDirectories(disk.resolve("ant"));
    Files.write(disk.resolve("ant/1.png"), Pictures.flat(7));
    try {
      Files.createSymbolicLink(folder.resolve("bee"), disk.resolve("ant"));
    } catch (UnsupportedOperationException | FileSystemException e) {
      assumeTrue(false, "no symbolic links here: " + e);
    }
    try (Examples examples = images().open()) {
      assertEquals(1, examples.classes());
      assertArrayEquals(new byte[] {7, 7, 7, 7}, Pictures.read(examples, 0));
    }
  }

  @Test
  void labelsOfEdmsDatasetJsonCountBeforeSubFolders() {
    write("00000/a.png", Pictures.flat(1));
    write("00001/b.png", Pictures.flat(2));
    String json = "{\"labels\": [[\"00001/b.png\", 0], [\"00000/a.png\", 4]], \"x\": [{}]}";
    write("dataset.json", json.getBytes(StandardCharsets.UTF_8));
    try (Examples examples = images().open()) {
      assertEquals(5, examples.classes());
      assertEquals(List.of(), examples.classNames());
      assertArrayEquals(new double[] {0.5, 0, 0, 0, 0.5}, examples.classShares());
      assertEquals(4, examples.label(0));
      assertEquals(0, examples.label(1));
    }
  }

  @Test
  void imagesAreConvertedAndScaledIfAsked() {
    write("a.png", Pictures.png(8, 12, false));
    write("b.png", Pictures.png(4, 4, true));
    try (Examples examples = images(Optional.of(List.of(4)), Optional.of(3), Resize.CROP).open()) {
      assertEquals(Shape.of(4, 4, 3), examples.shape());
      Picture whole = new Picture(8, 12, 3, Pictures.samples(8, 12, 3));
      assertArrayEquals(
          Resampling.scale(whole.croppedLike(4, 4), 4, 4).bytes(), Pictures.read(examples, 0));
      byte[] grey = Pictures.read(examples, 1);
      for (int i = 0; i < 16; i++) {
        for (int c = 0; c < 3; c++) {
          assertEquals(Pictures.samples(4, 4, 1)[i], grey[3 * i + c]);
        }
      }
    }
    try (Examples examples =
        images(Optional.of(List.of(6)), Optional.of(1), Resize.STRETCH).open()) {
      Picture whole = new Picture(8, 12, 3, Pictures.samples(8, 12, 3)).withChannels(1);
      assertArrayEquals(Resampling.scale(whole, 6, 6).bytes(), Pictures.read(examples, 0));
    }
  }

  @Test
  void imagesUnlikeTheFirstAreRefusedWithTheRemedy() {
    write("a.png", Pictures.png(4, 4, true));
    write("b.png", Pictures.png(4, 5, true));
    write("c.png", Pictures.png(4, 4, false));
    try (Examples examples = images().open()) {
      faults.assertTold(
          "path: must hold images of 4 x 4; set resize to \"crop\" or \"stretch\" to have all"
              + " scaled, found b.png: an image of 4 x 5",
          () -> Pictures.read(examples, 1));
      faults.assertTold(
          "path: must hold images of 1 channel, like the first; set channels to have all"
              + " converted, found c.png: an image of 3 channels",
          () -> Pictures.read(examples, 2));
    }
  }

  @Test
  void malformedImagesAreNamedWhenTheyAreRead() {
    write("a.png", Pictures.flat(1));
    write("b.png", "not a picture".getBytes(StandardCharsets.UTF_8));
    try (Examples examples = images().open()) {
      faults.assertTold(
          "path: "
              + BrokenImages.RULE
              + ", found b.png: no image, where PNG, JPEG, GIF, BMP, TIFF or WebP is read",
          () -> Pictures.read(examples, 1));
      assertArrayEquals(new byte[] {1, 1, 1, 1}, Pictures.read(examples, 0));
    }
  }

  @Test
  void foldersThatAreNoneAreRefused() {
    String kinds = ".png, .apng, .jpg, .jpeg, .jpe, .jfif, .bmp, .dib, .gif, .tif, .tiff, .webp";
    var e = new Faults(folder.getParent());
    String name = folder.getFileName().toString();
    e.assertTold(
        "path: must hold " + kinds + " files, found " + name + ": no image", () -> images().open());
    ImageFolder missing =
        new ImageFolder(
            folder.resolve("x"),
            true,
            Optional.empty(),
            Optional.empty(),
            Resize.NONE,
            false,
            List.of(),
            Broken.REFUSE);
    faults.assertTold("path: must be a folder, found x: no such folder", missing::open);
    write("x", new byte[1]);
    faults.assertTold("path: must be a folder, found x: not a folder", missing::open);
  }

  @Test
  void imagesBesideClassesAreRefused() {
    write("cat/1.png", Pictures.flat(1));
    write("stray.png", Pictures.flat(2));
    faults.assertTold(
        "path: must hold images in sub-folders, one for each class, or none; set labels to false"
            + " if the sub-folders mean nothing, found stray.png: an image beside sub-folders",
        () -> images().open());
  }

  @Test
  void malformedLabelsAreNamedWithTheirPlace() {
    write("a.png", Pictures.flat(1));
    String rule = "path: must be {\"labels\": [[name, class], ...]} as EDM writes it, found ";
    for (List<String> pair :
        List.of(
            List.of("{\"labels\": 3}", "dataset.json:1:12: labels that are no list"),
            List.of("[1]", "dataset.json:1:1: a value of another kind"),
            List.of("{\"labels\": [7]}", "dataset.json:1:13: a label that is no [name, class]"),
            List.of(
                "{\"labels\": [[\"a.png\", [0.5, 1]]]}",
                "dataset.json:1:23: a class of a.png that is no whole number"),
            List.of("{\"labels\": [[\"a.png\", -1]]}", "dataset.json:1:23: class -1 of a.png"))) {
      write("dataset.json", pair.get(0).getBytes(StandardCharsets.UTF_8));
      faults.assertTold(rule + pair.get(1), () -> images().open());
    }
    write("dataset.json", "{\"labels\": [[\"b.png\", 1]]}".getBytes(StandardCharsets.UTF_8));
    faults.assertTold(
        "path: must have a label for each image, found dataset.json: no label of a.png",
        () -> images().open());
    write("dataset.json", "{\"labels\": [[\"b.png\"".getBytes(StandardCharsets.UTF_8));
    String message =
        assertThrows(IllegalArgumentException.class, () -> images().open()).getMessage();
    assertEquals(true, message.contains("dataset.json:1:"), message);
  }

  @Test
  void fingerprintChangesWithNamesContentAndKeys() {
    write("a.png", Pictures.flat(1));
    String original = images().open().fingerprint();
    assertEquals(original, images().open().fingerprint());
    assertNotEquals(
        original,
        images(Optional.of(List.of(3)), Optional.empty(), Resize.CROP).open().fingerprint());
    write("a.png", Pictures.flat(2));
    String changed = images().open().fingerprint();
    assertNotEquals(original, changed);
    write("b.png", Pictures.flat(2));
    assertNotEquals(changed, images().open().fingerprint());
  }

  @Test
  void sizesAndChannelsHaveTheirRanges() {
    faults.assertTold(
        "size: must be one number, or [height, width], each from 1 to 16384, found 0; channels: must be 1 (grey) or 3 (colour),"
            + " found 2",
        () -> images(Optional.of(List.of(0)), Optional.of(2), Resize.NONE));
  }

  @Test
  void sizesBeyondTheHeapAreRefusedBeforeImagesAreScaled() {
    write("a.png", Pictures.png(8, 12, false));
    faults.assertTold(
        "size: " + Memory.rule() + ", found 16384 x 16384 x 3 bytes",
        () -> images(Optional.of(List.of(1 << 14)), Optional.empty(), Resize.CROP).open());
  }

  @Test
  void aSizeOfTwoNumbersIsHeightAndWidth() {
    write("a.png", Pictures.png(8, 12, false));
    try (Examples examples =
        images(Optional.of(List.of(4, 6)), Optional.empty(), Resize.CROP).open()) {
      assertEquals(Shape.of(4, 6, 3), examples.shape());
      Picture whole = new Picture(8, 12, 3, Pictures.samples(8, 12, 3));
      assertArrayEquals(Resampling.scale(whole, 4, 6).bytes(), Pictures.read(examples, 0));
    }
    for (List<Integer> wrong : List.of(List.<Integer>of(), List.of(4, 0), List.of(4, 5, 6))) {
      faults.assertTold(
          "size: must be one number, or [height, width], each from 1 to 16384, found " + wrong,
          () -> images(Optional.of(wrong), Optional.empty(), Resize.NONE));
    }
  }
}
