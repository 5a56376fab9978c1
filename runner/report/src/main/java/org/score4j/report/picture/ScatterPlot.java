package org.score4j.report.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.score4j.report.chart.PointPanel;
import org.score4j.report.image.PngFile;

/**
 * Points of the plane: data on the left, samples on the right, on the same square of the plane. The
 * square is the data's with a margin; how many samples lie outside stands in the title. Without
 * data, samples alone.
 *
 * @param data shape [N, 2], N at least 1 if there are no samples
 * @param samples shape [M, 2]
 */
public record ScatterPlot(float[] data, float[] samples) {
  private static final int PANEL_WIDTH = 560;
  private static final int SIDE = 478;
  private static final int LEFT = 62;
  private static final int BELOW = 44;
  private static final int TOP = 52;

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if the points are not pairs, or there are none
   */
  public ScatterPlot {
    if (data.length + samples.length == 0 || data.length % 2 != 0 || samples.length % 2 != 0) {
      throw new IllegalArgumentException(
          "points of the plane are pairs of numbers; found "
              + data.length
              + " numbers of data and "
              + samples.length
              + " of samples");
    }
  }

  /** Writes the picture, 1120 pixels wide, or 560 of samples alone. */
  public void write(Path file) throws IOException {
    int left = data.length == 0 ? 0 : PANEL_WIDTH;
    BufferedImage image = ChartStyle.canvas(left + PANEL_WIDTH, TOP + SIDE + BELOW);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    if (data.length > 0) {
      draw(graphics, 0, "data", data, ChartStyle.BLUE);
    }
    draw(graphics, left, "samples", samples, ChartStyle.ORANGE);
    graphics.dispose();
    PngFile.write(image, file);
  }

  private void draw(Graphics2D graphics, int left, String name, float[] points, Color color) {
    var square = new ChartDrawing(graphics, left + LEFT, TOP, SIDE, SIDE);
    square.points(panel(), points, color);
    ChartStyle.title(graphics, title(name, points), left + PANEL_WIDTH / 2);
  }

  String title(String name, float[] points) {
    long outside = panel().outside(points);
    return points.length / 2 + " " + name + (outside > 0 ? ", " + outside + " outside" : "");
  }

  private PointPanel panel() {
    return PointPanel.around(data.length == 0 ? samples : data);
  }
}
