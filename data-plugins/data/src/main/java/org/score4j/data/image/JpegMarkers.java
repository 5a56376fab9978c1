package org.score4j.data.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * What the segments of a JPEG say.
 *
 * @param plain the file without all that is not needed to decode its samples
 * @param luma whether the first three components are YCbCr
 */
record JpegMarkers(byte[] plain, boolean luma, Orientation orientation) {
  private static final int SOF0 = 0xc0;
  private static final int DHT = 0xc4;
  private static final int DAC = 0xcc;
  private static final int SOF15 = 0xcf;
  private static final int RST0 = 0xd0;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DRI = 0xdd;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int JPG = 0xc8;
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

  static JpegMarkers of(byte[] file) throws IOException {
    return new Scan(Bytes.bigEndian(file)).read();
  }

  private static final class Scan {
    private final Bytes file;
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private boolean jfif;
    private int adobe = -1;
    private Optional<Orientation> exif = Optional.empty();
    private Optional<Orientation> xmp = Optional.empty();
    private String components = "";

    Scan(Bytes file) {
      this.file = file;
    }

    JpegMarkers read() throws IOException {
      plain.writeBytes(file.piece(0, 2));
      long at = 2;
      while (true) {
        // What is no marker is passed over, as libjpeg does.
        while (file.u8(at) != 0xff || file.u8(at + 1) == 0xff || file.u8(at + 1) == 0) {
          at++;
        }
        int marker = file.u8(at + 1);
        if (marker == SOS) {
          plain.writeBytes(file.piece(at, file.length() - at));
          break;
        }
        if (marker == EOI) {
          throw new IOException("a JPEG without an image");
        }
        at += 2;
        if (marker == 1 || marker >= RST0 && marker < EOI) {
          continue;
        }
        int length = file.u16(at);
        segment(marker, at, length);
        at += length;
      }
      if (components.isEmpty()) {
        throw new IOException("a damaged image: no frame before its data");
      }
      return new JpegMarkers(
          plain.toByteArray(), luma(), exif.or(() -> xmp).orElse(Orientation.UPRIGHT));
    }

    private void segment(int marker, long at, int length) throws IOException {
      byte[] content = file.piece(at + 2, length - 2L);
      if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
        frame(marker, Bytes.bigEndian(content));
      }
      if (marker <= SOF15 || marker == DQT || marker == DRI) {
        plain.writeBytes(file.piece(at - 2, length + 2L));
      } else if (marker == APP0) {
        jfif |= file.has(at + 2, "JFIF\0");
      } else if (marker == APP1) {
        if (file.has(at + 2, "Exif\0\0") && exif.isEmpty()) {
          exif = Exif.orientation(content);
        } else if (file.has(at + 2, XMP)) {
          xmp = Exif.xmpOrientation(content);
        }
      } else if (marker == APP14 && file.has(at + 2, "Adobe") && length >= 14) {
        adobe = file.u8(at + 13);
      }
    }

    private void frame(int marker, Bytes frame) throws IOException {
      if (marker > SOF0 + 2) {
        throw new IOException(
            (marker == SOF0 + 3
                    ? "a lossless"
                    : marker >= 0xc9 ? "an arithmetically coded" : "a hierarchical")
                + " JPEG, which is not read; save it as a usual one or as PNG");
      }
      if (frame.u8(0) != Byte.SIZE) {
        throw new IOException(
            "a JPEG of " + frame.u8(0) + " bits a sample, where 8 are read; save it as PNG");
      }
      Extent.check(frame.u16(3), frame.u16(1));
      int count = frame.u8(5);
      if (count != 1 && count != 3 && count != 4) {
        throw new IOException("a JPEG of " + count + " components, where 1, 3 or 4 are read");
      }
      var ids = new StringBuilder();
      for (int i = 0; i < count; i++) {
        ids.append((char) frame.u8(6 + 3L * i));
      }
      components = ids.toString();
    }

    /** As default_decompress_parms of libjpeg (jdapimin.c) has it. */
    private boolean luma() {
      return switch (components.length()) {
        case 1 -> true;
        case 3 -> jfif || (adobe >= 0 ? adobe != 0 : !components.equals("RGB"));
        default -> adobe > 0;
      };
    }
  }
}
