package org.score4j.format.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;

/** Names of files beyond ASCII, which Java knows in the encoding of the locale alone. */
public final class FileNames {
  private FileNames() {}

  /** Why a text cannot be a path here, and what to do. */
  public static String why(InvalidPathException thrown) {
    boolean letters = thrown.getReason().contains("unmappable");
    return thrown.getInput()
        + ": is not a path on this system: "
        + (letters ? "its letters are not in the encoding " + encoding() : thrown.getReason())
        + (letters ? "; choose a locale that has them: LANG=C.UTF-8 runner ..." : "");
  }

  /** The name of the encoding. */
  public static String encoding() {
    return System.getProperty("sun.jnu.encoding", StandardCharsets.US_ASCII.name());
  }

  /** Whether it has the letters of all scripts. */
  public static boolean complete(String encoding) {
    return Charset.isSupported(encoding)
        && Charset.forName(encoding).canEncode()
        && Charset.forName(encoding).newEncoder().canEncode("\u00e4\u65e5");
  }
}
