package org.score4j.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScatterPlotTest {
  @TempDir private Path folder;

  @Test
  void dotsOfBothPanelsAreAtTheSamePlaces() throws IOException {
    Path file = folder.resolve("scatter.png");
    float[] points = {-1, 5, 3, 7, 0, 6};
    new ScatterPlot(points, points).write(file);
    BufferedImage read = ImageIO.read(file.toFile());
    Rectangle blue = colored(read, 0);
    Rectangle orange = colored(read, 560);
    assertEquals(blue.x, orange.x, 1);
    assertEquals(blue.y, orange.y, 1);
    // Equal lengths of the plane are equal on paper: 4 of 4.96 and 2 of 4.96 of 478 pixels.
    assertEquals(385.5 + 4, blue.width, 2);
    assertEquals(192.7 + 4, blue.height, 2);
  }

  private static Rectangle colored(BufferedImage image, int left) {
    Rectangle found = new Rectangle(-1, -1);
    for (int x = 0; x < 560; x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        Color color = new Color(image.getRGB(left + x, y));
        if (Math.abs(color.getBlue() - color.getRed()) > 60) {
          found.add(new Rectangle(x, y, 1, 1));
        }
      }
    }
    return found;
  }

  @Test
  void titleTellsWhatLiesOutside() {
    ScatterPlot plot =
        new ScatterPlot(new float[] {0, 0, 1, 1}, new float[] {0.5f, 0.5f, 9, 0, Float.NaN, 0});
    assertEquals("3 samples, 2 outside", plot.title("samples", plot.samples()));
  }

  @Test
  void dotsAreDrawnInTheirColors() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    float[] data = new float[4000];
    float[] samples = new float[4000];
    for (int i = 0; i < 4000; i++) {
      data[i] = (float) random.nextDouble();
      samples[i] = (float) random.nextDouble();
    }
    Path file = folder.resolve("scatter.png");
    new ScatterPlot(data, samples).write(file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(1120, read.getWidth());
    assertEquals(44 + 530, read.getHeight());
    assertTrue(bluish(read, 0) > 2000, "blue dots on the left");
    assertEquals(0, bluish(read, 560), "no blue dots on the right");
  }

  @Test
  void refusesWhatAreNoPairs() {
    assertThrows(IllegalArgumentException.class, () -> new ScatterPlot(new float[3], new float[2]));
    assertThrows(IllegalArgumentException.class, () -> new ScatterPlot(new float[0], new float[0]));
  }

  @Test
  void withoutDataSamplesStandAlone() throws IOException {
    Path file = folder.resolve("samples.png");
    new ScatterPlot(new float[0], new float[] {0, 0, 1, 3}).write(file);
    assertEquals(560, ImageIO.read(file.toFile()).getWidth());
  }

  private static int bluish(BufferedImage image, int left) {
    int count = 0;
    for (int x = left; x < left + 560; x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        Color color = new Color(image.getRGB(x, y));
        count += color.getBlue() > color.getRed() + 20 ? 1 : 0;
      }
    }
    return count;
  }
}
