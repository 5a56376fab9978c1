package org.score4j.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** How charts look: dark ink on white, a faint grid, no frame. */
final class ChartStyle {
  static final Color BLUE = new Color(0x1F5FA8);
  static final Color ORANGE = new Color(0xD1600A);

  /** What the padding around a plot adds to its height and width. */
  static final int PADDING_HEIGHT = 18;

  static final int PADDING_WIDTH = 30;

  static final Color AXIS = new Color(0x606060);
  static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  static final Font HEADING = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  private static final Color INK = new Color(0x303030);
  private static final Color FAINT = new Color(0xE4E4E4);
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font LARGE = new Font(Font.SANS_SERIF, Font.PLAIN, 17);

  private ChartStyle() {}

  /** A chart without title. */
  static JFreeChart chart(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(FAINT);
    plot.setRangeGridlinePaint(FAINT);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    axis(plot.getDomainAxis());
    axis(plot.getRangeAxis());
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    JFreeChart chart = new JFreeChart(null, LARGE, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 10, 10, 20));
    return chart;
  }

  /** Draws a title in the strip of a height at the top of the canvas. */
  static void title(Graphics2D graphics, String title, int centre, int height) {
    graphics.setFont(LARGE);
    graphics.setPaint(INK);
    FontMetrics metrics = graphics.getFontMetrics();
    int left = centre - metrics.stringWidth(title) / 2;
    graphics.drawString(title, left, (height + metrics.getAscent()) / 2 + 2);
  }

  /** Writes text centred above a base line. */
  static void centred(Graphics2D graphics, String text, int centre, int base, Font font) {
    text(graphics, text, centre, base, font, 0.5);
  }

  /** Writes text above a base line, with this share of it to the left of x. */
  static void text(
      Graphics2D graphics, String text, int x, int base, Font font, double shareToTheLeft) {
    graphics.setFont(font);
    graphics.setPaint(INK);
    double width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, (float) (x - shareToTheLeft * width), base);
  }

  private static void axis(ValueAxis axis) {
    axis.setLabelFont(SMALL);
    axis.setTickLabelFont(SMALL);
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(INK);
    axis.setTickMarkPaint(INK);
  }

  static BufferedImage canvas(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  static Graphics2D smooth(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return graphics;
  }
}
