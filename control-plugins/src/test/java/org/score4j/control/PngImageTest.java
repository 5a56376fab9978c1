package org.score4j.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;

class PngImageTest {
  @TempDir Path folder;

  private Path written(int type, int... rgb) throws IOException {
    var image = new BufferedImage(rgb.length, 1, type);
    for (int i = 0; i < rgb.length; i++) {
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(i, 0, 0, rgb[i]);
      } else {
        image.setRGB(i, 0, rgb[i]);
      }
    }
    Path file = folder.resolve("image.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void greysAreTheBytesOfTheFile() throws IOException {
    Path file = written(BufferedImage.TYPE_BYTE_GRAY, 0, 51, 255);
    assertArrayEquals(
        new float[] {0, 0.2f, 1}, PngImage.read("file", file, 1, 3, 1, PixelRange.UNIT), 1e-6f);
    assertArrayEquals(
        new float[] {-1, -1, -1, -0.6f, -0.6f, -0.6f, 1, 1, 1},
        PngImage.read("file", file, 1, 3, 3, PixelRange.CENTERED),
        1e-6f);
  }

  @Test
  void colorsStayInOrderOrBecomeTheirMean() throws IOException {
    Path file = written(BufferedImage.TYPE_INT_RGB, 0xff3300);
    assertArrayEquals(
        new float[] {1, 0.2f, 0}, PngImage.read("file", file, 1, 1, 3, PixelRange.UNIT), 1e-6f);
    assertArrayEquals(
        new float[] {0.4f}, PngImage.read("file", file, 1, 1, 1, PixelRange.UNIT), 1e-6f);
  }

  @Test
  void anotherSizeAndWhatIsNoImageAreTold() throws IOException {
    Path file = written(BufferedImage.TYPE_BYTE_GRAY, 0, 51, 255);
    var size =
        assertThrows(
            InvalidValueException.class,
            () -> PngImage.read("file", file, 3, 1, 1, PixelRange.UNIT));
    assertEquals(
        "file: must be an image of 1 x 3 pixels, found " + file + " of 3 x 1 pixels",
        size.getMessage());
    Path text = Files.writeString(folder.resolve("text.png"), "no image");
    assertThrows(
        InvalidValueException.class, () -> PngImage.read("file", text, 1, 1, 1, PixelRange.UNIT));
  }

  @Test
  void damagedFilesAreToldWhateverSizeTheyClaim() throws IOException {
    Path file = written(BufferedImage.TYPE_BYTE_GRAY, 0, 51, 255);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
    assertThrows(
        InvalidValueException.class, () -> PngImage.read("file", file, 1, 3, 1, PixelRange.UNIT));
    ByteBuffer bmp = ByteBuffer.allocate(322).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put(new byte[] {'B', 'M'}).putInt(322).putInt(0).putInt(54).putInt(40);
    bmp.putInt(26_000).putInt(26_000).putShort((short) 1).putShort((short) 24);
    Files.write(file, bmp.array());
    assertThrows(
        InvalidValueException.class, () -> PngImage.read("file", file, 1, 3, 1, PixelRange.UNIT));
  }
}
