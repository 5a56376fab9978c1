package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Examples;
import org.score4j.data.image.Pictures;

/** Zips of every maker and layout, against the folder that they would unpack to. */
class ZipLayoutsTest {
  @TempDir Path folder;
  private final Map<String, byte[]> files = new TreeMap<>();
  private Path zip;
  private Faults faults;

  @BeforeEach
  void start() {
    zip = folder.resolve("x.zip");
    faults = new Faults(folder);
    files.put("b/3.png", Pictures.flat(3));
    files.put("a/1.png", Pictures.flat(1));
    files.put("a/deep/2.png", Pictures.flat(2));
    files.put("ö/4.png", Pictures.flat(4));
  }

  private void pack(String prefix, Charset names, boolean stored, boolean folders) {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip), names)) {
      if (folders) {
        for (String name : List.of("", "a/", "b/")) {
          if (!(prefix + name).isEmpty()) {
            out.putNextEntry(new ZipEntry(prefix + name));
            out.closeEntry();
          }
        }
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        add(out, prefix + file.getKey(), file.getValue(), stored);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(ZipOutputStream out, String name, byte[] content, boolean stored)
      throws IOException {
    var entry = new ZipEntry(name);
    if (stored) {
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }

  private ZipImages images() {
    return new ZipImages(
        zip,
        true,
        Optional.empty(),
        Optional.empty(),
        Resize.NONE,
        false,
        List.of(),
        Broken.REFUSE);
  }

  /** The same examples, classes and names as the folder with the files. */
  private void assertLikeTheFolder() {
    Path unpacked = folder.resolve("unpacked");
    files.forEach((name, content) -> Pictures.write(unpacked.resolve(name), content));
    var plain =
        new ImageFolder(
            unpacked,
            true,
            Optional.empty(),
            Optional.empty(),
            Resize.NONE,
            false,
            List.of(),
            Broken.REFUSE);
    try (Examples expected = plain.open();
        Examples found = images().open()) {
      assertEquals(expected.size(), found.size());
      assertEquals(expected.classNames(), found.classNames());
      for (int n = 0; n < expected.size().getAsLong(); n++) {
        assertArrayEquals(Pictures.read(expected, n), Pictures.read(found, n));
        assertEquals(expected.label(n), found.label(n));
      }
    }
  }

  @Test
  void foldersWithoutImagesAreTold() throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("top/", "top/empty/", "top/a/", "__MACOSX/", "top/.hidden/")) {
        out.putNextEntry(new ZipEntry(name));
        out.closeEntry();
      }
      add(out, "top/a/1.png", Pictures.flat(1), false);
      add(out, "top/b/2.png", Pictures.flat(2), false);
    }
    try (Examples examples = images().open()) {
      assertEquals(List.of("a", "b"), examples.classNames());
      assertEquals(
          List.of(zip + ": sub-folders without images are not classes: empty"),
          examples.warnings());
    }
  }

  @Test
  void withAndWithoutFoldersAroundAndEntriesOfFolders() {
    for (String prefix : List.of("", "photos/", "my/photos/", "./", "/")) {
      for (boolean folders : new boolean[] {true, false}) {
        pack(prefix, StandardCharsets.UTF_8, false, folders);
        assertLikeTheFolder();
      }
    }
  }

  @Test
  void storedAndWithNamesOfDos() {
    pack("", StandardCharsets.UTF_8, true, false);
    assertLikeTheFolder();
    pack("photos/", Charset.forName("IBM437"), false, true);
    assertLikeTheFolder();
  }

  @Test
  void withBackslashes() throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        add(out, "photos\\" + file.getKey().replace('/', '\\'), file.getValue(), false);
      }
    }
    assertLikeTheFolder();
  }

  @Test
  void afterOtherContent() throws IOException {
    pack("", StandardCharsets.UTF_8, false, false);
    var out = new ByteArrayOutputStream();
    out.writeBytes("#!/bin/sh: a program that unpacks itself\n".getBytes(StandardCharsets.UTF_8));
    out.writeBytes(Files.readAllBytes(zip));
    Files.write(zip, out.toByteArray());
    assertLikeTheFolder();
  }

  @Test
  void withFilesOfSystems() throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        add(out, "photos/" + file.getKey(), file.getValue(), false);
        add(out, "__MACOSX/photos/" + file.getKey().replace("/", "/._"), new byte[9], false);
      }
      add(out, "photos/.DS_Store", new byte[9], false);
      add(out, "photos/a/Thumbs.db", new byte[9], false);
      add(out, "photos/.ipynb_checkpoints/1.png", new byte[9], false);
    }
    assertLikeTheFolder();
    try (Examples examples = images().open()) {
      assertEquals(List.of(), examples.warnings());
    }
  }

  @Test
  void withLabelsInTheFolderAround() throws IOException {
    files.put(
        "dataset.json",
        ("{\"labels\": [[\"b/3.png\", 0], [\"a/1.png\", 2], [\"a/deep/2.png\", 1], [\"ö/4.png\","
                + " 1]]}")
            .getBytes(StandardCharsets.UTF_8));
    for (String prefix : List.of("", "photos/")) {
      pack(prefix, StandardCharsets.UTF_8, false, false);
      assertLikeTheFolder();
    }
  }

  @Test
  void archivesInArchivesAreTold() throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      add(out, "inner.zip", new byte[9], false);
    }
    faults.assertTold(
        "path: must hold " + FileNames.endings() + " files, found x.zip: no image, but inner.zip",
        () -> images().open());
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      add(out, "inner.zip", new byte[9], false);
      add(out, "a.png", Pictures.flat(1), false);
    }
    try (Examples examples = images().open()) {
      assertEquals(
          List.of(zip + ": 1 file without an image ending not read: inner.zip"),
          examples.warnings());
    }
  }

  @Test
  void encryptedArchivesAreRefused() throws IOException {
    pack("", StandardCharsets.UTF_8, false, false);
    byte[] bytes = Files.readAllBytes(zip);
    for (int i = 0; i + 10 < bytes.length; i++) {
      boolean entry = bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1;
      if (entry && bytes[i + 3] == 2) {
        bytes[i + 8] |= 1;
      }
    }
    Files.write(zip, bytes);
    faults.assertTold(
        "path: must not be encrypted; unpack it first, found x.zip: an encrypted zip file",
        () -> images().open());
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      add(out, "a/1.png", Pictures.flat(1), false);
      add(out, "a\\1.png", Pictures.flat(2), false);
    }
    faults.assertTold(
        "path: must have one file of each name, found x.zip: two files a/1.png",
        () -> images().open());
  }

  @Test
  void brokenImagesAreSkipped() throws IOException {
    files.put("a/0.png", new byte[3]);
    pack("photos/", StandardCharsets.UTF_8, false, false);
    var skipping =
        new ZipImages(
            zip,
            true,
            Optional.empty(),
            Optional.empty(),
            Resize.NONE,
            false,
            List.of(),
            Broken.SKIP);
    try (Examples examples = skipping.open()) {
      assertEquals(4, examples.size().getAsLong());
      assertEquals(0, examples.label(0));
      assertEquals(2, examples.label(3));
      assertEquals(
          List.of(
              zip
                  + ": skipped 1 of 5 images that cannot be read: a/0.png (no image, where PNG,"
                  + " JPEG, GIF, BMP, TIFF or WebP is read)"),
          examples.warnings());
    }
  }
}
