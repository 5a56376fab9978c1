package org.score4j.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.DensityMap;
import org.score4j.report.plane.Window;

class PlanePanelTest {
  private static final int SIZE = 100;
  private static final Window SQUARE = new Window(0, 0, 1);

  private static BufferedImage drawn(Arrows arrows) {
    BufferedImage image = ChartStyle.canvas(SIZE, SIZE);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    new PlanePanel(graphics, arrows.window(), 0, 0, SIZE).arrows(arrows, Color.BLACK);
    graphics.dispose();
    return image;
  }

  /**
   * How much wider the ink is where it points than where it comes from: times the squared distance
   * from the line of a direction, to the right or upwards, with the sign of the distance along it.
   */
  private static double lead(BufferedImage image, double right, double up) {
    double sum = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double ink = 255 - (image.getRGB(x, y) & 0xFF);
        double along = right * (x + 0.5 - SIZE / 2.0) + up * (SIZE / 2.0 - y - 0.5);
        double across = up * (x + 0.5 - SIZE / 2.0) - right * (SIZE / 2.0 - y - 0.5);
        sum += ink * across * across * Math.signum(along);
      }
    }
    return sum;
  }

  private static double ink(BufferedImage image, double right, double up) {
    double sum = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double along = right * (x + 0.5 - SIZE / 2.0) + up * (SIZE / 2.0 - y - 0.5);
        sum += (255 - (image.getRGB(x, y) & 0xFF)) * along * along;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "-1, 0", "0, 1", "0, -1", "0.6, 0.8", "-0.8, 0.6"})
  void anArrowPointsAsItsVector(double x, double y) {
    BufferedImage image = drawn(new Arrows(SQUARE, 1, new double[] {x, y}));
    assertTrue(lead(image, x, y) > 0, "the head is where it points");
    assertTrue(ink(image, x, y) > 3 * ink(image, -y, x), "it is longer than wide");
  }

  @Test
  void arrowsAreWhereTheirCellsAre() {
    // Only the cell of the least x and the largest y has a vector.
    BufferedImage image = drawn(new Arrows(SQUARE, 2, new double[] {0, 0, 0, 0, 1, 1, 0, 0}));
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        boolean ink = (image.getRGB(x, y) & 0xFF) < 255;
        assertTrue(!ink || x < SIZE / 2 && y < SIZE / 2, "ink at " + x + ", " + y);
      }
    }
    assertTrue(ink(image, 1, 0) > 0);
  }

  @Test
  void longVectorsStayInTheirCells() {
    BufferedImage image = drawn(new Arrows(SQUARE, 1, new double[] {1e6, 0}));
    for (int y = 0; y < SIZE; y++) {
      assertEquals(0xFF, image.getRGB(0, y) & 0xFF);
      assertEquals(0xFF, image.getRGB(SIZE - 1, y) & 0xFF);
    }
  }

  @Test
  void densityIsDarkestAtItsPeak() {
    // Largest in the cell of the largest x and the least y.
    var map = new DensityMap(SQUARE, 2, new double[] {0, 1, 0, 0});
    BufferedImage image = ChartStyle.canvas(SIZE, SIZE);
    Graphics2D graphics = image.createGraphics();
    new PlanePanel(graphics, SQUARE, 0, 0, SIZE).density(map);
    graphics.dispose();
    assertEquals(DensityColors.of(1), image.getRGB(SIZE - 1, SIZE - 1) & 0xFFFFFF);
    assertEquals(0xFFFFFF, image.getRGB(0, 0) & 0xFFFFFF);
  }
}
