package org.score4j.report.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.PixelRange;

final class ImageGridTest {
  private static final int PAPER = 0xFFFFFFFF;

  @TempDir private Path folder;

  @Test
  void greyPixelsKeepTheirBytes() throws IOException {
    // Byte u is u/255; all 256 of them as one 16 x 16 image, each pixel round(56 / 16) = 4 wide.
    float[] image = new float[256];
    for (int i = 0; i < 256; i++) {
      image[i] = i / 255f;
    }
    Path file = folder.resolve("new/grid.png");
    new ImageGrid(16, 16, 1, PixelRange.UNIT).write(image, file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(2 + 64 + 2, read.getWidth());
    assertEquals(2 + 64 + 2, read.getHeight());
    for (int i = 0; i < 256; i++) {
      int left = 2 + i % 16 * 4;
      int top = 2 + i / 16 * 4;
      assertEquals(0xFF000000 | i * 0x010101, read.getRGB(left, top));
      assertEquals(0xFF000000 | i * 0x010101, read.getRGB(left + 3, top + 3));
    }
    assertEquals(PAPER, read.getRGB(1, 1));
    assertEquals(PAPER, read.getRGB(66, 66));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void colorsAreRoundedAndClippedInTheirRange() {
    float[] image = {-1, 0.002f, 7};
    BufferedImage sheet = new ImageGrid(1, 1, 3, PixelRange.CENTERED).draw(image);
    // 0.002 lies at byte 127.755.
    assertEquals(0xFF0080FF, sheet.getRGB(2, 2));
  }

  @Test
  void largeImagesAreNotEnlarged() {
    BufferedImage sheet = new ImageGrid(64, 100, 1, PixelRange.UNIT).draw(new float[2 * 64 * 100]);
    assertEquals(2 + 2 * (100 + 2), sheet.getWidth());
    assertEquals(2 + 64 + 2, sheet.getHeight());
  }

  @Test
  void layoutIsNearlySquareAndFillsRowsFirst() {
    // Ten images of one pixel, 56 wide: 4 columns, 3 rows, the last two cells empty.
    float[] images = new float[10];
    images[4] = 1;
    BufferedImage sheet = new ImageGrid(1, 1, 1, PixelRange.UNIT).draw(images);
    assertEquals(2 + 4 * 58, sheet.getWidth());
    assertEquals(2 + 3 * 58, sheet.getHeight());
    assertEquals(0xFFFFFFFF, sheet.getRGB(2, 2 + 58));
    assertEquals(0xFF000000, sheet.getRGB(2 + 58, 2 + 58));
    assertEquals(0xFF000000, sheet.getRGB(2 + 58, 2 + 2 * 58));
    assertEquals(PAPER, sheet.getRGB(2 + 2 * 58, 2 + 2 * 58));
  }

  @Test
  void classesHaveTheirRows() {
    float[] images = {0.2f, 0.4f, 0.6f};
    BufferedImage sheet =
        new ImageGrid(1, 1, 1, PixelRange.UNIT).drawByClass(images, new int[] {2, 0, 2});
    assertEquals(2 + 2 * 58, sheet.getWidth());
    assertEquals(2 + 3 * 58, sheet.getHeight());
    assertEquals(0xFF666666, sheet.getRGB(2, 2));
    assertEquals(PAPER, sheet.getRGB(2, 2 + 58));
    assertEquals(0xFF333333, sheet.getRGB(2, 2 + 2 * 58));
    assertEquals(0xFF999999, sheet.getRGB(2 + 58, 2 + 2 * 58));
  }

  @Test
  void refusesWhatIsNoWholeImage() {
    ImageGrid grid = new ImageGrid(2, 2, 1, PixelRange.UNIT);
    assertThrows(IllegalArgumentException.class, () -> grid.draw(new float[5]));
    assertThrows(IllegalArgumentException.class, () -> grid.draw(new float[0]));
    assertThrows(IllegalArgumentException.class, () -> grid.drawByClass(new float[8], new int[1]));
    assertThrows(IllegalArgumentException.class, () -> new ImageGrid(2, 2, 2, PixelRange.UNIT));
  }

  @Test
  void anImageThatIsMissingIsTransparent() {
    float[] images = {0, Float.NaN, 1};
    BufferedImage sheet = new ImageGrid(1, 1, 1, PixelRange.UNIT).sheet(images, 3);
    assertEquals(0xFF000000, sheet.getRGB(0, 0));
    assertEquals(0, sheet.getRGB(2, 0));
    assertEquals(0xFFFFFFFF, sheet.getRGB(4, 0));
  }
}
