package org.score4j.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScatterPlotTest {
  @TempDir private Path folder;

  @Test
  void bothPanelsShowTheSameSquareOfThePlane() {
    // Data span 4 across and 2 up: the square has side 4 and a margin of 12 % of it on each side.
    ScatterPlot plot = new ScatterPlot(new float[] {-1, 5, 3, 7}, new float[] {100, 100});
    for (String name : new String[] {"data", "samples"}) {
      float[] points = name.equals("data") ? plot.data() : plot.samples();
      JFreeChart panel = plot.panel(points, Color.BLUE);
      assertEquals(-1.48, panel.getXYPlot().getDomainAxis().getLowerBound(), 1e-6);
      assertEquals(3.48, panel.getXYPlot().getDomainAxis().getUpperBound(), 1e-6);
      assertEquals(3.52, panel.getXYPlot().getRangeAxis().getLowerBound(), 1e-6);
      assertEquals(8.48, panel.getXYPlot().getRangeAxis().getUpperBound(), 1e-6);
    }
  }

  @Test
  void axesAreOfEqualLength() {
    ScatterPlot plot = new ScatterPlot(new float[] {-1, 5, 3, 7}, new float[0]);
    ChartRenderingInfo info = new ChartRenderingInfo();
    plot.panel(plot.data(), Color.BLUE).createBufferedImage(560, 530, info);
    Rectangle2D area = info.getPlotInfo().getDataArea();
    assertEquals(478, area.getWidth(), 1e-9);
    assertEquals(478, area.getHeight(), 1e-9);
  }

  @Test
  void titleTellsWhatLiesOutside() {
    ScatterPlot plot =
        new ScatterPlot(new float[] {0, 0, 1, 1}, new float[] {0.5f, 0.5f, 9, 0, Float.NaN, 0});
    assertEquals("3 samples, 2 outside", plot.title("samples", plot.samples()));
  }

  @Test
  void aSinglePointHasARange() {
    assertEquals(2, new ScatterPlot(new float[] {3, 3}, new float[0]).range(1).getLength(), 1e-12);
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
