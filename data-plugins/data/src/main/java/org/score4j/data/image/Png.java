package org.score4j.data.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Decodes PNG (W3C Portable Network Graphics, third edition): all color types, depths and
 * interlacing, with the checksums of all chunks that make pixels. Of an animation it is the default
 * image.
 */
final class Png {
  private static final int SIGNATURE = 8;
  private static final int LENGTH_AND_TYPE = 8;
  private static final int CRC = 4;
  private static final Set<String> NEEDED = Set.of("IHDR", "PLTE", "tRNS", "IDAT");
  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  /** Column, row, column step and row step of the passes of Adam7. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final Bytes file;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private Optional<PngFormat> format = Optional.empty();
  private byte[] palette = {};
  private byte[] transparency = {};
  private Optional<Orientation> exif = Optional.empty();
  private Optional<Orientation> text = Optional.empty();

  private Png(Bytes file) {
    this.file = file;
  }

  static Pixels decode(byte[] file) throws IOException {
    return new Png(Bytes.bigEndian(file)).decode();
  }

  private Pixels decode() throws IOException {
    chunks();
    if (format.isEmpty()) {
      throw new IOException("a damaged image: no header");
    }
    Pixels stored = pixels(format.get(), new PngColors(format.get(), palette, transparency));
    return exif.or(() -> text).orElse(Orientation.UPRIGHT).upright(stored);
  }

  private void chunks() throws IOException {
    long at = SIGNATURE;
    // A file that ends after its last image data lacks nothing that is needed.
    while (at + LENGTH_AND_TYPE <= file.length()) {
      long length = file.u32(at);
      String type = file.text(at + 4, 4);
      boolean whole = at + LENGTH_AND_TYPE + length + CRC <= file.length();
      if (type.equals("IEND")) {
        return;
      }
      boolean needed = NEEDED.contains(type);
      if (!whole && needed) {
        throw new EOFException("the file ends too early, in its chunk " + type);
      }
      boolean intact = whole && checksum(at + 4, length + 4) == file.u32(at + 8 + length);
      if (!intact && needed) {
        throw new IOException("a damaged image: the checksum of its chunk " + type + " is wrong");
      }
      if (intact) {
        chunk(type, file.piece(at + LENGTH_AND_TYPE, length));
      }
      at += LENGTH_AND_TYPE + length + CRC;
    }
  }

  private long checksum(long from, long length) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(file.content(), (int) from, (int) length);
    return crc.getValue();
  }

  private void chunk(String type, byte[] content) throws IOException {
    switch (type) {
      case "IHDR" -> format = Optional.of(PngFormat.of(Bytes.bigEndian(content)));
      case "PLTE" -> palette = content;
      case "tRNS" -> transparency = content;
      case "IDAT" -> data.writeBytes(content);
      case "eXIf" -> exif = Exif.orientation(content);
      case "tEXt", "zTXt", "iTXt" -> text = PngText.orientation(type, content).or(() -> text);
      default -> {
        if (Character.isUpperCase(type.charAt(0))) {
          throw new IOException(
              "a PNG with the chunk " + type + ", which the standard does not know");
        }
      }
    }
  }

  private Pixels pixels(PngFormat png, PngColors colors) throws IOException {
    int bands = colors.bands();
    byte[] samples = new byte[png.height() * png.width() * bands];
    try (InputStream stream =
        new InflaterInputStream(new ByteArrayInputStream(data.toByteArray()))) {
      for (int[] pass : png.interlaced() ? ADAM7 : WHOLE) {
        int columns = (png.width() - pass[0] + pass[2] - 1) / pass[2];
        int rows = (png.height() - pass[1] + pass[3] - 1) / pass[3];
        // A pass of no columns has no filter bytes either.
        byte[] above = new byte[png.rowBytes(columns)];
        for (int row = 0; row < rows && columns > 0; row++) {
          byte[] line = line(stream, png, above);
          int start = ((pass[1] + row * pass[3]) * png.width() + pass[0]) * bands;
          colors.convert(line, columns, samples, start, pass[2] * bands);
          above = line;
        }
      }
      // To the end of the stream, whose checksum is compared there.
      stream.skip(1);
    } catch (EOFException e) {
      throw new EOFException("the file ends too early, in the image data");
    } catch (ZipException e) {
      throw new IOException("a damaged image: its compressed data are wrong", e);
    }
    return new Pixels(png.height(), png.width(), bands, samples);
  }

  /** Undoes the filter of a row. */
  private static byte[] line(InputStream stream, PngFormat png, byte[] above) throws IOException {
    int filter = stream.read();
    byte[] line = stream.readNBytes(above.length);
    if (filter < 0 || line.length < above.length) {
      throw new EOFException();
    }
    int step = png.pixelBytes();
    for (int i = 0; i < line.length; i++) {
      int left = i < step ? 0 : Byte.toUnsignedInt(line[i - step]);
      int up = Byte.toUnsignedInt(above[i]);
      int corner = i < step ? 0 : Byte.toUnsignedInt(above[i - step]);
      line[i] +=
          (byte)
              switch (filter) {
                case 0 -> 0;
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                case 4 -> paeth(left, up, corner);
                default -> throw new IOException("a damaged image: row filter " + filter);
              };
    }
    return line;
  }

  private static int paeth(int left, int up, int corner) {
    int estimate = left + up - corner;
    int byLeft = Math.abs(estimate - left);
    int byUp = Math.abs(estimate - up);
    int byCorner = Math.abs(estimate - corner);
    if (byLeft <= byUp && byLeft <= byCorner) {
      return left;
    }
    return byUp <= byCorner ? up : corner;
  }
}
