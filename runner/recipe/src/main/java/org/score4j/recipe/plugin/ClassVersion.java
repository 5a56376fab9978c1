package org.score4j.recipe.plugin;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The Java release that a class file was compiled for. */
final class ClassVersion {
  /** Class files of Java 1 have major version 45, each later release one more. */
  private static final int BEFORE_FIRST = 44;

  private ClassVersion() {}

  /** Says that a class in a jar or folder needs a later Java than this. */
  static String tooNew(Optional<Path> jar, String entry) {
    OptionalInt release = jar.isEmpty() ? OptionalInt.empty() : release(jar.get(), entry);
    int here = Runtime.version().feature();
    return "compiled for "
        + (release.isPresent() ? "Java " + release.getAsInt() : "a later Java")
        + ", but this is Java "
        + here
        + "; run with a later JDK, or compile the plugin with --release "
        + here;
  }

  /** The release; empty if there is no such class file. */
  static OptionalInt release(Path jar, String entry) {
    try {
      if (Files.isDirectory(jar)) {
        try (var in = new DataInputStream(Files.newInputStream(jar.resolve(entry)))) {
          return release(in);
        }
      }
      File file = jar.toFile();
      try (var zip = new JarFile(file, false, ZipFile.OPEN_READ, Runtime.version())) {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
          return OptionalInt.empty();
        }
        try (var in = new DataInputStream(zip.getInputStream(found))) {
          return release(in);
        }
      }
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  private static OptionalInt release(DataInputStream in) throws IOException {
    boolean isClass = in.readInt() == 0xCAFEBABE;
    in.readUnsignedShort();
    return isClass ? OptionalInt.of(in.readUnsignedShort() - BEFORE_FIRST) : OptionalInt.empty();
  }
}
