package org.score4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.score4j.data.vp8.Vp8;
import org.score4j.data.vp8l.Vp8l;

/**
 * Decodes WebP (RFC 9649), lossy and lossless, with alpha; of an animation the first frame on its
 * canvas, which is transparent black around it.
 */
final class WebP {
  private static final int HEADER = 12;
  private static final int CHUNK = 8;
  private static final int FRAME = 16;
  private static final int ALPHA = 0x10;

  private final Bytes file;
  private final long end;
  private Optional<byte[]> alpha = Optional.empty();
  private Optional<byte[]> lossy = Optional.empty();
  private Optional<byte[]> lossless = Optional.empty();
  private Optional<Orientation> exif = Optional.empty();
  private Optional<Orientation> xmp = Optional.empty();
  private Optional<long[]> canvas = Optional.empty();
  private boolean transparent;
  private long[] place = {0, 0};

  private WebP(Bytes file) throws IOException {
    this.file = file;
    end = file.u32(4) + CHUNK;
    if (end > file.length()) {
      throw new EOFException("the file ends too early: it says that it has " + end + " bytes");
    }
  }

  static Pixels decode(byte[] file) throws IOException {
    return new WebP(Bytes.littleEndian(file)).decode();
  }

  private Pixels decode() throws IOException {
    if (!file.has(HEADER, "VP8")) {
      throw new IOException("a damaged image: its first chunk is not of an image");
    }
    chunks(HEADER, end);
    Pixels frame = frame();
    Pixels whole = canvas.isPresent() ? onCanvas(frame, canvas.get()) : frame;
    return exif.or(() -> xmp).orElse(Orientation.UPRIGHT).upright(whole);
  }

  private void chunks(long from, long to) throws IOException {
    long at = from;
    while (at + CHUNK <= to) {
      String type = file.text(at, 4);
      long length = file.u32(at + 4);
      long start = at + CHUNK;
      if (start + length > to) {
        throw new EOFException("the file ends too early, in its chunk " + type);
      }
      chunk(type, start, length);
      at = start + length + length % 2;
    }
  }

  private void chunk(String type, long at, long length) throws IOException {
    boolean first = lossy.isEmpty() && lossless.isEmpty();
    switch (type) {
      case "VP8X" -> {
        transparent = (file.u8(at) & ALPHA) != 0;
        canvas = Optional.of(new long[] {file.u24(at + 4) + 1, file.u24(at + 7) + 1});
        Extent.check(canvas.get()[0], canvas.get()[1]);
      }
      case "ANMF" -> {
        if (first) {
          place = new long[] {2L * file.u24(at), 2L * file.u24(at + 3)};
          chunks(at + FRAME, at + length);
        }
      }
      case "ALPH" -> alpha = first ? Optional.of(file.piece(at, length)) : alpha;
      case "VP8 " -> lossy = first ? Optional.of(file.piece(at, length)) : lossy;
      case "VP8L" -> lossless = first ? Optional.of(file.piece(at, length)) : lossless;
      case "EXIF" -> exif = Exif.orientation(file.piece(at, length));
      case "XMP " -> xmp = Exif.xmpOrientation(file.piece(at, length));
      default -> {
        // Color profiles and what is not known to the standard.
      }
    }
  }

  private Pixels frame() throws IOException {
    if (lossless.isPresent()) {
      Bytes data = Bytes.littleEndian(lossless.get());
      long size = data.u32(1);
      Extent.check((size & 0x3fff) + 1, (size >> 14 & 0x3fff) + 1);
      return pixels(Vp8l.decode(lossless.get()));
    }
    if (lossy.isEmpty()) {
      throw new IOException("a WebP without an image");
    }
    Bytes data = Bytes.littleEndian(lossy.get());
    if (!data.has(3, "\u009d\1*")) {
      throw new IOException("a damaged image: no key frame");
    }
    int width = data.u16(6) & 0x3fff;
    int height = data.u16(8) & 0x3fff;
    Extent.check(width, height);
    Vp8 decoded = Vp8.decode(lossy.get());
    var opaque = new Pixels(decoded.height(), decoded.width(), 3, decoded.rgb());
    return alpha.isPresent() && transparent ? WebPAlpha.add(opaque, alpha.get()) : opaque;
  }

  private static Pixels pixels(Vp8l image) {
    int bands = image.alphaUsed() ? 4 : 3;
    byte[] samples = new byte[image.argb().length * bands];
    for (int i = 0; i < samples.length; i++) {
      int band = i % bands;
      int shift = band == 3 ? 24 : 16 - band * Byte.SIZE;
      samples[i] = (byte) (image.argb()[i / bands] >> shift);
    }
    return new Pixels(image.height(), image.width(), bands, samples);
  }

  private Pixels onCanvas(Pixels frame, long[] size) throws IOException {
    int width = (int) size[0];
    int height = (int) size[1];
    if (place[0] + frame.width() > width || place[1] + frame.height() > height) {
      throw new IOException("a damaged image: a frame that is larger than its canvas");
    }
    if (frame.width() == width && frame.height() == height) {
      return frame;
    }
    int bands = transparent ? 4 : 3;
    byte[] samples = new byte[height * width * bands];
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int to = (int) (((place[1] + y) * width + place[0] + x) * bands);
        int from = (y * frame.width() + x) * frame.bands();
        System.arraycopy(frame.samples(), from, samples, to, Math.min(bands, frame.bands()));
        if (bands > frame.bands()) {
          samples[to + 3] = -1;
        }
      }
    }
    return new Pixels(height, width, bands, samples);
  }
}
