package org.score4j.data;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.score4j.api.InvalidValueException;
import org.score4j.format.FileFault;

/** Opens zip files whoever made them: names are in UTF-8, or else in the code page of DOS. */
final class ZipOpening {
  private static final String DOS = "IBM437";

  private ZipOpening() {}

  /**
   * Opens an archive.
   *
   * @throws InvalidValueException if it is none that can be read
   */
  static ZipFile open(Path path) {
    try {
      return new ZipFile(path.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      return says(e, "bad entry name") || says(e, "malformed")
          ? withDosNames(path)
          : refuse(path, e);
    } catch (IllegalArgumentException e) {
      return withDosNames(path);
    } catch (IOException e) {
      return refuse(path, e);
    }
  }

  private static ZipFile withDosNames(Path path) {
    try {
      Charset names = Charset.isSupported(DOS) ? Charset.forName(DOS) : StandardCharsets.ISO_8859_1;
      return new ZipFile(path.toFile(), names);
    } catch (IOException e) {
      return refuse(path, e);
    }
  }

  private static boolean says(IOException e, String text) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains(text);
  }

  private static ZipFile refuse(Path path, IOException e) {
    if (says(e, "encrypted")) {
      throw fault(path, "an encrypted zip file", "must not be encrypted; unpack it first");
    }
    if (says(e, "compression method")) {
      throw fault(
          path,
          FileFault.reason(e),
          "must be stored or deflated; unpack it, or pack it with another program");
    }
    throw fault(path, FileFault.reason(e), "must be an undamaged zip file");
  }

  private static InvalidValueException fault(Path path, String found, String rule) {
    return new InvalidValueException("path", path + ": " + found, rule);
  }
}
