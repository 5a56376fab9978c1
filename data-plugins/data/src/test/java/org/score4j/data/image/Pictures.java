package org.score4j.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.score4j.api.Examples;

/** Makes small files of images. */
public final class Pictures {
  private Pictures() {}

  /** A grey or coloured image of which no two pixels are alike. */
  public static BufferedImage image(int height, int width, boolean grey) {
    int type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < (grey ? 1 : 3); c++) {
          image.getRaster().setSample(x, y, c, sample(y, x, c));
        }
      }
    }
    return image;
  }

  /** The samples of {@link #image}. */
  public static int sample(int y, int x, int c) {
    return (37 * y + 11 * x + 80 * c + 5) % 256;
  }

  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new AssertionError("no writer of " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static byte[] png(int height, int width, boolean grey) {
    return encoded(image(height, width, grey), "png");
  }

  /** A PNG of one grey value. */
  public static byte[] flat(int value) {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {value, value, value, value});
    return encoded(image, "png");
  }

  public static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] read(Examples examples, long index) {
    byte[] bytes = new byte[(int) examples.shape().size()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    examples.read(index, buffer);
    if (buffer.hasRemaining()) {
      throw new AssertionError(buffer.remaining() + " bytes were not written");
    }
    return bytes;
  }

  public static float[] readFloats(Examples examples, long index) {
    float[] values = new float[(int) examples.shape().size()];
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    examples.read(index, buffer);
    buffer.flip().asFloatBuffer().get(values);
    return values;
  }

  /** The samples of {@link #image} in the order of an example. */
  public static byte[] samples(int height, int width, int channels) {
    byte[] bytes = new byte[height * width * channels];
    int next = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          bytes[next++] = (byte) sample(y, x, c);
        }
      }
    }
    return bytes;
  }
}
