package org.score4j.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.score4j.report.chart.Axis;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.DensityMap;
import org.score4j.report.plane.Window;

/**
 * A square of the plane on a canvas.
 *
 * @param graphics where it is drawn
 * @param window the square of the plane
 * @param left of the square on the canvas
 * @param top of it
 * @param size of its sides
 */
record PlanePanel(Graphics2D graphics, Window window, double left, double top, double size) {
  private static final double LONGEST = 0.9;
  private static final double SATURATION = 1.3;
  private static final double HEAD = 0.34;
  private static final double MOST_HEAD = 0.48;
  private static final double HEAD_WIDTH = 0.38;
  private static final double TICK = 4;

  /** Where a point of the plane is on the canvas, from the left. */
  double x(double x) {
    return left + size * ((x - window.x()) / window.half() + 1) / 2;
  }

  /** Where a point of the plane is on the canvas, from the top. */
  double y(double y) {
    return top + size * (1 - (y - window.y()) / window.half()) / 2;
  }

  /** Colours the square by a density on it. */
  void density(DensityMap map) {
    int pixels = (int) Math.round(size * graphics.getTransform().getScaleX());
    double peak = map.peak();
    BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < pixels; row++) {
      for (int column = 0; column < pixels; column++) {
        double p = map.at((column + 0.5) / pixels, 1 - (row + 0.5) / pixels);
        image.setRGB(column, row, DensityColors.of(p / peak));
      }
    }
    graphics.drawImage(image, (int) left, (int) top, (int) size, (int) size, null);
  }

  /**
   * Draws vectors centred on their places; one of length 1.3 is drawn two thirds as long as a cell,
   * none longer than one.
   */
  void arrows(Arrows arrows, Color color) {
    double cell = size / arrows.side();
    Shape before = graphics.getClip();
    graphics.clip(new Rectangle2D.Double(left, top, size, size));
    graphics.setPaint(color);
    for (int i = 0; i < arrows.side() * arrows.side(); i++) {
      double u = arrows.vectors()[2 * i];
      double v = arrows.vectors()[2 * i + 1];
      double length = Math.hypot(u, v);
      if (length > 0 && Double.isFinite(length)) {
        double drawn = LONGEST * cell * Math.tanh(length / SATURATION);
        double x = left + cell * (i % arrows.side() + 0.5);
        double y = top + size - cell * (i / arrows.side() + 0.5);
        arrow(x, y, u / length * drawn, -v / length * drawn, cell);
      }
    }
    graphics.setClip(before);
  }

  private void arrow(double x, double y, double dx, double dy, double cell) {
    double length = Math.hypot(dx, dy);
    double head = Math.min(HEAD * cell, MOST_HEAD * length);
    double tipX = x + dx / 2;
    double tipY = y + dy / 2;
    double baseX = tipX - dx / length * head;
    double baseY = tipY - dy / length * head;
    double acrossX = -dy / length * head * HEAD_WIDTH;
    double acrossY = dx / length * head * HEAD_WIDTH;
    graphics.setStroke(
        new BasicStroke((float) (cell * 0.075), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(new Line2D.Double(x - dx / 2, y - dy / 2, baseX, baseY));
    Path2D triangle = new Path2D.Double();
    triangle.moveTo(tipX, tipY);
    triangle.lineTo(baseX + acrossX, baseY + acrossY);
    triangle.lineTo(baseX - acrossX, baseY - acrossY);
    triangle.closePath();
    graphics.fill(triangle);
  }

  /** A dot at a point of the plane, left out where that is off the square. */
  void dot(double x, double y, double radius, Color color) {
    if (Math.max(Math.abs(x - window.x()), Math.abs(y - window.y())) <= window.half()) {
      graphics.setPaint(color);
      graphics.fill(new Ellipse2D.Double(x(x) - radius, y(y) - radius, 2 * radius, 2 * radius));
    }
  }

  /** Draws the frame with numbers at its lower and left side. */
  void frame(boolean numbersBelow, boolean numbersBeside) {
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.setPaint(ChartStyle.AXIS);
    graphics.draw(new Rectangle2D.Double(left, top, size, size));
    graphics.setFont(ChartStyle.TICKS);
    FontMetrics metrics = graphics.getFontMetrics();
    for (Axis.Tick tick : axis(window.x()).ticks()) {
      double x = x(tick.value());
      graphics.draw(new Line2D.Double(x, top + size - TICK, x, top + size));
      if (numbersBelow) {
        double base = top + size + metrics.getAscent() + 3;
        ChartStyle.text(graphics, tick.text(), x, base, ChartStyle.TICKS, 0.5);
        graphics.setPaint(ChartStyle.AXIS);
      }
    }
    for (Axis.Tick tick : axis(window.y()).ticks()) {
      double y = y(tick.value());
      graphics.draw(new Line2D.Double(left, y, left + TICK, y));
      if (numbersBeside) {
        double base = y + metrics.getAscent() / 2.0 - 1;
        ChartStyle.text(graphics, tick.text(), left - 5, base, ChartStyle.TICKS, 1);
        graphics.setPaint(ChartStyle.AXIS);
      }
    }
  }

  private Axis axis(double middle) {
    return new Axis("", middle - window.half(), middle + window.half(), false);
  }
}
