package org.score4j.data.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Formats of image files, told apart by their first bytes whatever the file is called. */
enum ImageKind {
  PNG("PNG", Png::decode) {
    @Override
    boolean begins(Bytes file) {
      return file.has(0, "\u0089PNG\r\n\u001a\n");
    }
  },
  JPEG("JPEG", Jpeg::decode) {
    @Override
    boolean begins(Bytes file) {
      return file.has(0, "\u00ff\u00d8\u00ff");
    }
  },
  GIF("GIF", Gif::decode) {
    @Override
    boolean begins(Bytes file) {
      return file.has(0, "GIF87a") || file.has(0, "GIF89a");
    }
  },
  BMP("BMP", Bmp::decode) {
    @Override
    boolean begins(Bytes file) {
      return file.has(0, "BM");
    }
  },
  TIFF("TIFF", Tiff::decode) {
    @Override
    boolean begins(Bytes file) {
      return file.has(0, "II*\0")
          || file.has(0, "MM\0*")
          || file.has(0, "II+\0")
          || file.has(0, "MM\0+");
    }
  },
  WEBP("WebP", WebP::decode) {
    @Override
    boolean begins(Bytes file) {
      return file.has(0, "RIFF") && file.has(8, "WEBP");
    }
  };

  /** The names of all formats, for errors. */
  static final String NAMES = "PNG, JPEG, GIF, BMP, TIFF or WebP";

  /** What else people keep beside images; brands are those of ISO base media files. */
  private enum Unread {
    HEIC("HEIC", 4, "ftypheic", "ftypheix", "ftyphevc", "ftypmif1", "ftypmsf1"),
    AVIF("AVIF", 4, "ftypavif", "ftypavis"),
    JXL("JPEG XL", 0, "\u00ff\n", "\0\0\0\fJXL "),
    JP2("JPEG 2000", 0, "\0\0\0\fjP  ", "\u00ffO\u00ffQ"),
    PSD("Photoshop", 0, "8BPS"),
    ICO("icon", 0, "\0\0\1\0"),
    DDS("DDS", 0, "DDS "),
    EXR("OpenEXR", 0, "v/1\1"),
    QOI("QOI", 0, "qoif"),
    PNM("PNM", 0, "P1\n", "P2\n", "P3\n", "P4\n", "P5\n", "P6\n", "P7\n"),
    SVG("SVG", 0, "<svg", "<?xml"),
    PDF("PDF", 0, "%PDF");

    private final String title;
    private final int at;
    private final List<String> beginnings;

    Unread(String title, int at, String... beginnings) {
      this.title = title;
      this.at = at;
      this.beginnings = List.of(beginnings);
    }
  }

  /** Reads a file of the format. */
  @FunctionalInterface
  interface Decoder {
    Pixels decode(byte[] file) throws java.io.IOException;
  }

  private final String title;
  private final Decoder decoder;

  ImageKind(String title, Decoder decoder) {
    this.title = title;
    this.decoder = decoder;
  }

  abstract boolean begins(Bytes file);

  String title() {
    return title;
  }

  Decoder decoder() {
    return decoder;
  }

  /** The format of a file. */
  static Optional<ImageKind> of(byte[] file) {
    Bytes bytes = Bytes.bigEndian(file);
    return List.of(values()).stream().filter(kind -> kind.begins(bytes)).findFirst();
  }

  /** What a file is that is of none of the formats, for errors. */
  static String unread(byte[] file) {
    Bytes bytes = Bytes.bigEndian(file);
    if (file.length == 0) {
      return "an empty file";
    }
    for (Unread other : Unread.values()) {
      if (other.beginnings.stream().anyMatch(text -> bytes.has(other.at, text))) {
        return String.format(Locale.ROOT, "a file of the format %s", other.title);
      }
    }
    return "no image";
  }
}
