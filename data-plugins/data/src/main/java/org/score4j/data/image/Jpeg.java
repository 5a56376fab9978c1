package org.score4j.data.image;

import java.io.IOException;

/**
 * Decodes JPEG (ITU-T T.81), baseline and progressive with Huffman codes and 8 bits a sample. The
 * JDK's decoder, which is libjpeg, is given what makes samples alone; colors are converted here, as
 * libjpeg decides it from the markers of JFIF and Adobe.
 */
final class Jpeg {
  private Jpeg() {}

  static Pixels decode(byte[] file) throws IOException {
    JpegMarkers markers = JpegMarkers.of(file);
    Samples samples = Readers.jpeg(markers.plain());
    return markers.orientation().upright(colored(samples, markers));
  }

  private static Pixels colored(Samples samples, JpegMarkers markers) {
    byte[] bytes = samples.bytes();
    return switch (samples.bands()) {
      case 1 -> new Pixels(samples.height(), samples.width(), 1, bytes);
      case 3 -> {
        if (markers.luma()) {
          YCbCr.toRgb(bytes, 3);
        }
        yield new Pixels(samples.height(), samples.width(), 3, bytes);
      }
      default -> {
        if (markers.luma()) {
          YCbCr.toRgb(bytes, 4);
        }
        // Adobe's programs store paper rather than ink, and so do all others that write CMYK.
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (markers.luma() && i % 4 != 3 ? bytes[i] : 255 - bytes[i]);
        }
        yield new Pixels(samples.height(), samples.width(), 3, Cmyk.toRgb(bytes, 4));
      }
    };
  }
}
