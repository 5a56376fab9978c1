package org.score4j.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.score4j.report.plane.DensityMap;
import org.score4j.report.plane.Window;

/**
 * The ways of samples from the prior to the data: on the left in the plane, over the density of the
 * data; on the right their first coordinate against the noise, over its density. Coordinates are
 * relative to the square that shows each noise level: from -1 to 1.
 *
 * @param paths for each sample x and y at each of the places, one after the other
 * @param density of the clean data
 * @param marginals of the first coordinate at noise levels from the prior to the data, each between
 *     the sides of its square
 * @param marks what to write at which places between the prior, 0, and the data, 1
 */
public record PathsFigure(
    List<double[]> paths, DensityMap density, List<double[]> marginals, Map<Double, String> marks) {
  private static final int PLANE = 400;
  private static final int STREAM = 520;
  private static final int GAP = 56;
  private static final int BESIDE = 40;
  private static final int ABOVE = 30;
  private static final int BELOW = 42;
  private static final int SEGMENTS = 12;
  private static final int IN_PLANE = 14;
  private static final Color EARLY = new Color(0xE9B48A);
  private static final Color LATE = new Color(0xA84A04);

  /** The picture, with two pixels for one of its width as it is to be shown. */
  public BufferedImage draw() {
    int width = BESIDE + PLANE + GAP + STREAM + 16;
    int height = ABOVE + PLANE + BELOW;
    BufferedImage image = ChartStyle.canvas(2 * width, 2 * height);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    graphics.scale(2, 2);
    plane(graphics);
    stream(graphics, BESIDE + PLANE + GAP);
    graphics.dispose();
    return image;
  }

  private void plane(Graphics2D graphics) {
    ChartStyle.centred(graphics, "in the plane", BESIDE + PLANE / 2, 18, ChartStyle.HEADING);
    var panel = new PlanePanel(graphics, density.window(), BESIDE, ABOVE, PLANE);
    panel.density(density);
    Shape before = graphics.getClip();
    graphics.clip(new Rectangle2D.Double(BESIDE, ABOVE, PLANE, PLANE));
    // Ways of a random walk that cross all over would hide each other.
    for (double[] path : paths.subList(0, Math.min(IN_PLANE, paths.size()))) {
      int last = path.length / 2 - 1;
      double[] xs = new double[last + 1];
      double[] ys = new double[last + 1];
      for (int i = 0; i <= last; i++) {
        xs[i] = BESIDE + PLANE * (path[2 * i] + 1) / 2;
        ys[i] = ABOVE + PLANE * (1 - path[2 * i + 1]) / 2;
      }
      line(graphics, xs, ys);
    }
    Window window = density.window();
    for (double[] path : paths) {
      double x = window.x() + window.half() * path[path.length - 2];
      double y = window.y() + window.half() * path[path.length - 1];
      panel.dot(x, y, 2.6, LATE);
    }
    graphics.setClip(before);
    panel.frame(true, true);
  }

  private void stream(Graphics2D graphics, int left) {
    ChartStyle.centred(
        graphics, "first coordinate against noise", left + STREAM / 2, 18, ChartStyle.HEADING);
    BufferedImage colors =
        new BufferedImage(marginals.size(), marginals.get(0).length, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < marginals.size(); i++) {
      double[] column = marginals.get(i);
      double peak = 0;
      for (double value : column) {
        peak = Math.max(peak, value);
      }
      for (int j = 0; j < column.length; j++) {
        colors.setRGB(i, column.length - 1 - j, DensityColors.of(column[j] / peak));
      }
    }
    graphics.drawImage(colors, left, ABOVE, STREAM, PLANE, null);
    Shape before = graphics.getClip();
    graphics.clip(new Rectangle2D.Double(left, ABOVE, STREAM, PLANE));
    for (double[] path : paths) {
      int last = path.length / 2 - 1;
      double[] xs = new double[last + 1];
      double[] ys = new double[last + 1];
      for (int i = 0; i <= last; i++) {
        xs[i] = left + STREAM * (double) i / last;
        ys[i] = ABOVE + PLANE * (1 - path[2 * i]) / 2;
      }
      line(graphics, xs, ys);
    }
    graphics.setClip(before);
    axes(graphics, left);
  }

  private void axes(Graphics2D graphics, int left) {
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.setPaint(ChartStyle.AXIS);
    graphics.draw(new Rectangle2D.Double(left, ABOVE, STREAM, PLANE));
    graphics.setFont(ChartStyle.TICKS);
    FontMetrics metrics = graphics.getFontMetrics();
    marks.forEach(
        (place, text) -> {
          double x = left + STREAM * place;
          graphics.draw(new Line2D.Double(x, ABOVE + PLANE - 4, x, ABOVE + PLANE));
          float from = (float) (x - metrics.stringWidth(text) / 2.0);
          graphics.drawString(text, from, ABOVE + PLANE + metrics.getAscent() + 3);
        });
    ChartStyle.centred(graphics, "σ / α", left + STREAM / 2, ABOVE + PLANE + 34, ChartStyle.TICKS);
  }

  /** A line that grows darker and thicker on its way. */
  private static void line(Graphics2D graphics, double[] xs, double[] ys) {
    int last = xs.length - 1;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      int from = segment * last / SEGMENTS;
      int to = (segment + 1) * last / SEGMENTS;
      double share = (segment + 0.5) / SEGMENTS;
      Path2D path = new Path2D.Double();
      path.moveTo(xs[from], ys[from]);
      for (int i = from + 1; i <= to; i++) {
        path.lineTo(xs[i], ys[i]);
      }
      graphics.setPaint(between(share));
      graphics.setStroke(
          new BasicStroke(
              (float) (0.5 + 0.6 * share), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      graphics.draw(path);
    }
  }

  private static Color between(double share) {
    return new Color(
        (int) (EARLY.getRed() + share * (LATE.getRed() - EARLY.getRed())),
        (int) (EARLY.getGreen() + share * (LATE.getGreen() - EARLY.getGreen())),
        (int) (EARLY.getBlue() + share * (LATE.getBlue() - EARLY.getBlue())),
        (int) (70 + 170 * share));
  }
}
