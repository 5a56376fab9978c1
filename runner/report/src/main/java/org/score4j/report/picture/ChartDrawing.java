package org.score4j.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import org.score4j.report.chart.Axis;
import org.score4j.report.chart.CurveChart;
import org.score4j.report.chart.CurveChart.Curve;
import org.score4j.report.chart.PointPanel;

/**
 * Draws the page's charts on a canvas.
 *
 * @param graphics where it is drawn
 * @param left of the area between the axes
 * @param top of it
 * @param width of it
 * @param height of it
 */
record ChartDrawing(Graphics2D graphics, double left, double top, double width, double height) {
  private static final Color PALE = new Color(0xB4CBE6);
  private static final BasicStroke THIN = new BasicStroke(1);
  private static final BasicStroke THICK =
      new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final double DOT = 4;
  private static final double SINGLE_DOT = 6;
  private static final double TICK = 4;

  /** Room between an axis and its numbers. */
  private static final double GAP = 3;

  /** Draws curves over one axis, without a key. */
  void curves(CurveChart chart) {
    axes(chart.x(), chart.y());
    for (Curve curve : chart.curves()) {
      boolean raw = curve.style().equals("raw");
      graphics.setPaint(raw ? PALE : ChartStyle.BLUE);
      graphics.setStroke(raw ? THIN : THICK);
      curve(chart, curve);
    }
  }

  private void curve(CurveChart chart, Curve curve) {
    Path2D path = new Path2D.Double();
    boolean drawing = false;
    for (int i : curve.drawn()) {
      double x = x(chart.x(), curve.x()[i]);
      double y = y(chart.y(), curve.y()[i]);
      boolean finite = Double.isFinite(x) && Double.isFinite(y);
      if (finite && drawing) {
        path.lineTo(x, y);
      } else if (finite) {
        path.moveTo(x, y);
      }
      drawing = finite;
      if (finite && curve.x().length == 1) {
        dot(x, y, SINGLE_DOT);
      }
    }
    graphics.draw(path);
  }

  /**
   * Draws points that lie in a square of the plane.
   *
   * @param points shape [N, 2]
   */
  void points(PointPanel panel, float[] points, Color color) {
    axes(panel.across(), panel.up());
    int opacity = (int) Math.round(255 * PointPanel.opacity(points.length / 2));
    graphics.setPaint(new Color(opacity << 24 | color.getRGB() & 0xFFFFFF, true));
    for (int i = 0; i < points.length; i += 2) {
      if (panel.across().holds(points[i]) && panel.up().holds(points[i + 1])) {
        dot(x(panel.across(), points[i]), y(panel.up(), points[i + 1]), DOT);
      }
    }
  }

  private void dot(double x, double y, double size) {
    graphics.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
  }

  private double x(Axis axis, double value) {
    return left + width * axis.place(value);
  }

  private double y(Axis axis, double value) {
    return top + height * (1 - axis.place(value));
  }

  private void axes(Axis across, Axis up) {
    double bottom = top + height;
    graphics.setStroke(THIN);
    graphics.setFont(ChartStyle.SMALL);
    FontMetrics metrics = graphics.getFontMetrics();
    for (Axis.Tick tick : across.ticks()) {
      double x = x(across, tick.value());
      line(x, top, x, bottom, ChartStyle.FAINT);
      line(x, bottom, x, bottom + TICK, ChartStyle.INK);
      text(tick.text(), x, bottom + TICK + GAP + metrics.getAscent(), 0.5);
    }
    for (Axis.Tick tick : up.ticks()) {
      double y = y(up, tick.value());
      line(left, y, left + width, y, ChartStyle.FAINT);
      line(left - TICK, y, left, y, ChartStyle.INK);
      text(tick.text(), left - TICK - GAP, y + 0.36 * metrics.getAscent(), 1);
    }
    line(left, bottom, left + width, bottom, ChartStyle.INK);
    line(left, top, left, bottom, ChartStyle.INK);
    text(across.label(), left + width / 2, bottom + 2.6 * metrics.getHeight(), 0.5);
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, left, top + height / 2);
    text(up.label(), left, top + height / 2 - 3.6 * metrics.getHeight(), 0.5);
    graphics.setTransform(upright);
  }

  private void line(double x1, double y1, double x2, double y2, Color color) {
    graphics.setPaint(color);
    graphics.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  private void text(String text, double x, double base, double shareToTheLeft) {
    ChartStyle.text(graphics, text, x, base, ChartStyle.SMALL, shareToTheLeft);
  }
}
