package org.score4j.report.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.DefaultXYDataset;

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
  private static final int BESIDE_AXIS = 52;
  private static final int BELOW_AXIS = 34;
  private static final int PANEL_HEIGHT =
      PANEL_WIDTH + BELOW_AXIS - BESIDE_AXIS + ChartStyle.PADDING_HEIGHT - ChartStyle.PADDING_WIDTH;
  private static final int TITLE_HEIGHT = 44;
  private static final double MARGIN = 0.12;
  private static final double DOT = 3;
  private static final double MOST_UNEQUAL = 20;

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
    BufferedImage image = ChartStyle.canvas(left + PANEL_WIDTH, TITLE_HEIGHT + PANEL_HEIGHT);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    if (data.length > 0) {
      draw(graphics, 0, "data", data, ChartStyle.BLUE);
    }
    draw(graphics, left, "samples", samples, ChartStyle.ORANGE);
    graphics.dispose();
    PngFile.write(image, file);
  }

  private void draw(Graphics2D graphics, int left, String name, float[] points, Color color) {
    Rectangle2D area = new Rectangle2D.Double(left, TITLE_HEIGHT, PANEL_WIDTH, PANEL_HEIGHT);
    panel(points, color).draw(graphics, area);
    ChartStyle.title(graphics, title(name, points), left + PANEL_WIDTH / 2, TITLE_HEIGHT);
  }

  String title(String name, float[] points) {
    int count = points.length / 2;
    Range across = range(0);
    Range up = range(1);
    int inside = 0;
    for (int i = 0; i < count; i++) {
      inside += across.contains(points[2 * i]) && up.contains(points[2 * i + 1]) ? 1 : 0;
    }
    return count + " " + name + (inside < count ? ", " + (count - inside) + " outside" : "");
  }

  /** A panel without its title, whose height would depend on the font. */
  JFreeChart panel(float[] points, Color color) {
    int count = points.length / 2;
    double[][] columns = new double[2][count];
    for (int i = 0; i < count; i++) {
      columns[0][i] = points[2 * i];
      columns[1][i] = points[2 * i + 1];
    }
    DefaultXYDataset dataset = new DefaultXYDataset();
    dataset.addSeries("points", columns);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setSeriesShape(0, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
    int translucent = opacity(count) << 24 | color.getRGB() & 0xFFFFFF;
    renderer.setSeriesPaint(0, new Color(translucent, true));
    XYPlot plot = new XYPlot(dataset, axis(0), axis(1), renderer);
    // Equal space at the axes of both panels, whatever their labels, so that the squares are equal.
    AxisSpace below = new AxisSpace();
    below.setBottom(BELOW_AXIS);
    AxisSpace beside = new AxisSpace();
    beside.setLeft(BESIDE_AXIS);
    plot.setFixedDomainAxisSpace(below);
    plot.setFixedRangeAxisSpace(beside);
    return ChartStyle.chart(plot);
  }

  private NumberAxis axis(int coordinate) {
    NumberAxis axis = new NumberAxis();
    axis.setRange(range(coordinate));
    return axis;
  }

  /**
   * The range of a coordinate: as long for both, so that the plot is a square of the plane, unless
   * the data would be a line of it.
   */
  public Range range(int coordinate) {
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    float[] shown = data.length == 0 ? samples : data;
    for (int i = 0; i < shown.length; i++) {
      low[i % 2] = Math.min(low[i % 2], shown[i]);
      high[i % 2] = Math.max(high[i % 2], shown[i]);
    }
    double own = high[coordinate] - low[coordinate];
    double longer = Math.max(high[0] - low[0], high[1] - low[1]);
    double side = own > 0 && longer > MOST_UNEQUAL * own ? own : longer;
    double half = side > 0 ? side * (0.5 + MARGIN) : 1;
    double middle = (low[coordinate] + high[coordinate]) / 2;
    return new Range(middle - half, middle + half);
  }

  // Many points must not run together, few must not fade.
  private static int opacity(int count) {
    return (int) Math.max(50, Math.min(200, 400 - 90 * Math.log10(Math.max(1, count))));
  }
}
