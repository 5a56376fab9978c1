package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.data.image.Pictures;

/** What a folder holds beside images, and images that cannot be read. */
class FolderFilesTest {
  @TempDir Path folder;
  private Faults faults;

  @BeforeEach
  void start() {
    faults = new Faults(folder);
  }

  private void write(String name, byte[] content) {
    Pictures.write(folder.resolve(name), content);
  }

  private ImageFolder images(Broken broken) {
    return new ImageFolder(
        folder, true, Optional.empty(), Optional.empty(), Resize.NONE, false, List.of(), broken);
  }

  private List<String> warnings(Examples examples) {
    return examples.warnings().stream().map(w -> w.replace(folder.toString(), "F")).toList();
  }

  private static void link(Path link, Path target) {
    try {
      Files.createSymbolicLink(link, target);
    } catch (UnsupportedOperationException | IOException e) {
      assumeTrue(e instanceof FileSystemException && false, "no symbolic links here: " + e);
    }
  }

  @Test
  void filesOfSystemsAndProgramsAreNoClassesAndNoData() {
    write("a/1.png", Pictures.flat(1));
    write("b/2.png", Pictures.flat(2));
    for (String name :
        List.of(
            ".ipynb_checkpoints/1-checkpoint.png",
            "__MACOSX/a/._1.png",
            "a/._1.png",
            "a/@eaDir/1.png/SYNOPHOTO_THUMB_M.jpg",
            "$RECYCLE.BIN/x.png",
            "lost+found/x.png",
            "System Volume Information/x.png",
            "#recycle/x.png",
            "b/Thumbs.db",
            "Desktop.ini",
            ".DS_Store",
            "__pycache__/x.png")) {
      write(name, new byte[] {1});
    }
    try (Examples examples = images(Broken.REFUSE).open()) {
      assertEquals(OptionalLong.of(2), examples.size());
      assertEquals(List.of("a", "b"), examples.classNames());
      assertEquals(List.of(), examples.warnings());
    }
  }

  @Test
  void theFolderItselfMayBeHidden() {
    Path hidden = folder.resolve(".cache");
    Pictures.write(hidden.resolve("1.png"), Pictures.flat(1));
    var images =
        new ImageFolder(
            hidden,
            true,
            Optional.empty(),
            Optional.empty(),
            Resize.NONE,
            false,
            List.of(),
            Broken.REFUSE);
    try (Examples examples = images.open()) {
      assertEquals(OptionalLong.of(1), examples.size());
    }
  }

  @Test
  void filesThatAreNoImagesAreTold() {
    write("a.png", Pictures.flat(1));
    for (String name : List.of("a.txt", "b.txt", "c.txt", "deep/d.HEIC", "notes")) {
      write(name, new byte[1]);
    }
    try (Examples examples = images(Broken.REFUSE).open()) {
      assertEquals(
          List.of(
              "F: 5 files without an image ending not read: a.txt, b.txt, c.txt and 2"
                  + " more (3 .txt, 1 .heic, 1 without an ending)"),
          warnings(examples));
    }
  }

  @Test
  void subFoldersThatAreNoClassesAreTold() throws IOException {
    write("a/1.png", Pictures.flat(1));
    Files.createDirectories(folder.resolve("b"));
    write("c/notes.txt", new byte[1]);
    Files.createDirectories(folder.resolve(".d"));
    try (Examples examples = images(Broken.REFUSE).open()) {
      assertEquals(List.of("a"), examples.classNames());
      assertEquals(
          "F: sub-folders without images are not classes: b, c", warnings(examples).get(1));
    }
  }

  @Test
  void aSingleFolderAroundTheClassesIsTold() {
    write("photos/ant/1.png", Pictures.flat(1));
    write("photos/bee/2.png", Pictures.flat(2));
    try (Examples examples = images(Broken.REFUSE).open()) {
      assertEquals(1, examples.classes());
      assertEquals(
          List.of(
              "F: all images are in the sub-folder photos, which makes one class; for the classes"
                  + " ant, bee set path to F/photos"),
          warnings(examples));
    }
  }

  @Test
  void everyEndingIsReadInAnyCaseByItsContent() {
    for (int i = 0; i < FileNames.IMAGES.size(); i++) {
      write(i + FileNames.IMAGES.get(i).toUpperCase(java.util.Locale.ROOT), Pictures.flat(7));
    }
    try (Examples examples = images(Broken.REFUSE).open()) {
      assertEquals(OptionalLong.of(FileNames.IMAGES.size()), examples.size());
      for (int i = 0; i < FileNames.IMAGES.size(); i++) {
        assertArrayEquals(new byte[] {7, 7, 7, 7}, Pictures.read(examples, i));
      }
    }
  }

  @Test
  void linksInACircleAreNotFollowed() {
    write("a/1.png", Pictures.flat(1));
    write("b/2.png", Pictures.flat(2));
    link(folder.resolve("a/up"), Path.of(".."));
    link(folder.resolve("b/self"), Path.of("."));
    try (Examples examples = images(Broken.REFUSE).open()) {
      assertEquals(OptionalLong.of(2), examples.size());
      assertEquals(
          List.of("F: links to folders around them are not followed: a/up, b/self"),
          warnings(examples).stream().map(FolderFilesTest::sorted).toList());
    }
  }

  /** Folders are listed in any order. */
  private static String sorted(String warning) {
    String[] parts = warning.split("followed: ");
    String[] names = parts[1].split(", ");
    Arrays.sort(names);
    return parts[0] + "followed: " + String.join(", ", names);
  }

  @Test
  void linksToNothingAreRefusedOrSkipped() {
    write("a.png", Pictures.flat(1));
    link(folder.resolve("b.png"), Path.of("gone.png"));
    faults.assertTold(
        "path: " + BrokenImages.RULE + ", found b.png: a link to a file that does not exist",
        images(Broken.REFUSE)::open);
    try (Examples examples = images(Broken.SKIP).open()) {
      assertEquals(OptionalLong.of(1), examples.size());
      assertEquals(
          List.of(
              "F: skipped 1 of 2 images that cannot be read: b.png (a link to a file that does not"
                  + " exist)"),
          warnings(examples));
    }
  }

  @Test
  void foldersThatMayNotBeReadAreNamed() throws IOException {
    write("a/1.png", Pictures.flat(1));
    Path locked = Files.createDirectories(folder.resolve("locked"));
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no permissions");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(locked), "root reads everything");
      faults.assertTold(
          "path: must be a folder that can be read, with all folders in it, found locked:"
              + " permission denied",
          images(Broken.REFUSE)::open);
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void skippedImagesAreToldAndLeaveTheDataAsIfTheyWereRemoved() throws IOException {
    for (int i = 0; i < 30; i++) {
      write(String.format(java.util.Locale.ROOT, "%d/%02d.png", i % 3, i), Pictures.flat(i));
    }
    write("1/04.png", "no image".getBytes(StandardCharsets.UTF_8));
    byte[] png = Pictures.flat(1);
    write("0/27.png", Arrays.copyOf(png, png.length / 2));
    String skipping;
    try (Examples examples = images(Broken.SKIP).open()) {
      skipping = examples.fingerprint();
      assertEquals(OptionalLong.of(28), examples.size());
      assertEquals(1, examples.warnings().size());
      String told = warnings(examples).get(0);
      assertTrue(
          told.startsWith(
              "F: skipped 2 of 30 images that cannot be read: 0/27.png (the file ends too early"),
          told);
      assertTrue(told.contains(", 1/04.png (no image, where "), told);
      for (int n = 0; n < 28; n++) {
        int value = Pictures.read(examples, n)[0];
        assertEquals(value % 3, examples.label(n));
      }
    }
    Files.delete(folder.resolve("1/04.png"));
    Files.delete(folder.resolve("0/27.png"));
    for (Broken broken : Broken.values()) {
      try (Examples examples = images(broken).open()) {
        assertEquals(skipping, examples.fingerprint());
        assertEquals(List.of(), examples.warnings());
      }
    }
  }

  @Test
  void aBrokenFirstImageIsToldWithAllOthers() {
    write("a.png", new byte[0]);
    write("b.png", Pictures.flat(1));
    write("c.png", new byte[9]);
    var e = assertThrows(InvalidValueException.class, images(Broken.REFUSE)::open);
    assertEquals(
        List.of(
            folder.resolve("a.png")
                + ": an empty file, where PNG, JPEG, GIF, BMP, TIFF or WebP is read",
            folder.resolve("c.png")
                + ": no image, where PNG, JPEG, GIF, BMP, TIFF or WebP is read"),
        e.faults().stream().map(InvalidValueException.Fault::found).toList());
    write("b.png", new byte[1]);
    var all = assertThrows(InvalidValueException.class, images(Broken.SKIP)::open);
    assertEquals(3, all.faults().size());
  }

  @Test
  void theBackgroundIsPartOfTheFingerprintAndChecked() {
    write("a.png", Pictures.flat(1));
    var white =
        new ImageFolder(
            folder,
            true,
            Optional.empty(),
            Optional.empty(),
            Resize.NONE,
            false,
            List.of(255, 255, 255),
            Broken.REFUSE);
    assertTrue(!white.open().fingerprint().equals(images(Broken.REFUSE).open().fingerprint()));
    var e =
        assertThrows(
            InvalidValueException.class,
            () ->
                new ImageFolder(
                    folder,
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Resize.NONE,
                    false,
                    List.of(1, 2, 256),
                    Broken.REFUSE));
    assertEquals("background", e.faults().get(0).component());
  }

  @Test
  void labelsAtTheLimitsOfTheParserAreNamedWithTheirPlace() {
    write("a.png", Pictures.flat(1));
    for (String json :
        List.of(
            "{\"x\": " + "[".repeat(2000) + "]".repeat(2000) + "}",
            "{\"labels\": [[\"a.png\", " + "9".repeat(1200) + "]]}",
            "{\"labels\": [[\"a.png\", " + "9".repeat(30) + "]]}",
            "{\"" + "k".repeat(60_000) + "\": 1}")) {
      write("dataset.json", json.getBytes(StandardCharsets.UTF_8));
      var e = assertThrows(InvalidValueException.class, images(Broken.REFUSE)::open);
      String found = e.faults().get(0).found();
      assertTrue(found.startsWith(folder.resolve("dataset.json") + ":1:"), found);
      assertTrue(!found.contains("StreamReadConstraints"), found);
    }
    write(
        "dataset.json",
        "{\"labels\": [[\"a.png\", 1], [\"a.png\", 2]]}".getBytes(StandardCharsets.UTF_8));
    var e = assertThrows(InvalidValueException.class, images(Broken.REFUSE)::open);
    assertTrue(e.getMessage().contains("classes 1 and 2 of a.png"), e.getMessage());
  }

  @Test
  void foldersWhoseNamesLookTheSameAreReported() {
    write("caf\u00e9/1.png", Pictures.flat(1));
    write("cafe\u0301/2.png", Pictures.flat(2));
    assumeTrue(folder.toFile().list().length == 2, "this file system takes them for one");
    try (Examples examples = images(Broken.REFUSE).open()) {
      assertEquals(2, examples.classes());
      assertEquals(
          List.of(
              "F: sub-folders whose names differ only in how Unicode writes them (NFC or NFD) are"
                  + " classes of their own; merge them if they are the same: caf\u00e9"),
          warnings(examples));
    }
  }

  @Test
  void namesInAnotherEncodingAreRefusedByName() throws IOException, InterruptedException {
    write("a/1.png", Pictures.flat(1));
    Process shell =
        new ProcessBuilder("sh", "-c", "cp a/1.png \"a/$(printf '\\377').png\"")
            .directory(folder.toFile())
            .start();
    assumeTrue(shell.waitFor() == 0, "names are Unicode here");
    var e = assertThrows(InvalidValueException.class, () -> images(Broken.REFUSE).open());
    assertTrue(e.getMessage().contains("a name in another encoding than"), e.getMessage());
    assertTrue(e.getMessage().contains("rename it"), e.getMessage());
    try (Examples examples = images(Broken.SKIP).open()) {
      assertEquals(OptionalLong.of(1), examples.size());
      assertEquals(1, examples.warnings().size());
    }
  }

  @Test
  void labelsAreFoundHoweverUnicodeWritesTheirNames() {
    write("cafe\u0301.png", Pictures.flat(1));
    write(
        "dataset.json", "{\"labels\": [[\"caf\u00e9.png\", 3]]}".getBytes(StandardCharsets.UTF_8));
    try (Examples examples = images(Broken.REFUSE).open()) {
      assertEquals(3, examples.label(0));
    }
  }
}
