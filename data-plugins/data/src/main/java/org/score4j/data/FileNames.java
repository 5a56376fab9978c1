package org.score4j.data;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What names say of files beside images: other programs leave theirs in folders and archives. */
final class FileNames {
  /** The endings of files that are read as images, in any case. */
  static final List<String> IMAGES =
      List.of(
          ".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".gif", ".tif",
          ".tiff", ".webp");

  /** Names that systems and programs give; those that begin with a dot are known by it. */
  private static final Set<String> SYSTEM =
      Set.of(
          "__macosx",
          "@eadir",
          "#recycle",
          "#snapshot",
          "@recycle",
          "@tmp",
          "$recycle.bin",
          "recycler",
          "system volume information",
          "lost+found",
          "network trash folder",
          "temporary items",
          "__pycache__",
          "thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "picasa.ini",
          "icon\r");

  private FileNames() {}

  /** Whether a file or folder belongs to a system or program and is no data. */
  static boolean system(String name) {
    return name.startsWith(".") || SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a file is one of images by its ending. */
  static boolean image(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return IMAGES.stream().anyMatch(lower::endsWith);
  }

  /** The endings, for errors. */
  static String endings() {
    return String.join(", ", IMAGES);
  }

  /** The encoding that the JVM takes names to be in, for errors. */
  static String encoding() {
    return System.getProperty("sun.jnu.encoding", "the locale's");
  }

  /** A name in one of the ways in which Unicode writes it: programs and systems choose another. */
  static String normal(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
