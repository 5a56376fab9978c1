package org.score4j.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.report.chart.LossCurve;

final class LossPictureTest {
  @TempDir private Path folder;

  @Test
  void writesAPictureWithTheCurveInIt() throws IOException {
    Path file = folder.resolve("loss.png");
    long[] steps = LongStream.rangeClosed(1, 1000).toArray();
    double[] losses = LongStream.of(steps).mapToDouble(step -> 1 / Math.sqrt(step)).toArray();
    new LossPicture(new LossCurve(steps, losses)).write(file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(900, read.getWidth());
    int blue = 0;
    for (int x = 0; x < 900; x++) {
      for (int y = 0; y < 480; y++) {
        blue += (read.getRGB(x, y) & 0xFFFFFF) == 0x1F5FA8 ? 1 : 0;
      }
    }
    assertTrue(blue > 500, "pixels of the curve: " + blue);
  }

  @Test
  void aSingleLossCanBeDrawn() throws IOException {
    Path file = folder.resolve("loss.png");
    new LossPicture(new LossCurve(new long[] {1}, new double[] {2})).write(file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(480, read.getHeight());
    // In the middle of both axes.
    assertEquals(0x1F5FA8, read.getRGB(84 + 396, 52 + 183) & 0xFFFFFF);
  }
}
