package org.score4j.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.DensityMap;

/**
 * Particles with tails over the density and the score of noised data of the plane, at one instant.
 *
 * @param left what stands above, on the left
 * @param right what stands above, on the right
 * @param density of the noised data
 * @param arrows sigma times the score, on the density's square
 * @param tail where the particles have been of late, the last their places now: x and y of each,
 *     from -1 to 1 between the sides of the square of the time. Of the way of a particle no more
 *     than a tenth of a side's length is drawn: random walks would cover everything.
 */
public record PlaneFrame(
    String left, String right, DensityMap density, Arrows arrows, double[][] tail) {
  private static final int BESIDE = 34;
  private static final int ABOVE = 30;
  private static final int BELOW = 22;
  private static final int MARGIN = 10;
  private static final double LONGEST_TAIL = 0.2;
  private static final int FADES = 6;
  private static final Color INK = new Color(0x1C, 0x28, 0x3C, 0x78);
  private static final Color PARTICLE = new Color(0xC2, 0x4E, 0x00);

  /** The picture, of this width. */
  public BufferedImage draw(int width) {
    int size = width - BESIDE - MARGIN;
    BufferedImage image = ChartStyle.canvas(width, ABOVE + size + BELOW);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    var panel = new PlanePanel(graphics, density.window(), BESIDE, ABOVE, size);
    panel.density(density);
    panel.arrows(arrows, INK);
    Shape before = graphics.getClip();
    graphics.clip(new Rectangle2D.Double(BESIDE, ABOVE, size, size));
    tails(graphics, size);
    particles(graphics, size);
    graphics.setClip(before);
    panel.frame(true, true);
    ChartStyle.text(graphics, left, BESIDE, ABOVE - 10, ChartStyle.HEADING, 0);
    ChartStyle.text(graphics, right, BESIDE + size, ABOVE - 10, ChartStyle.HEADING, 1);
    graphics.dispose();
    return image;
  }

  private void tails(Graphics2D graphics, int size) {
    Path2D[] paths = new Path2D[FADES];
    Arrays.setAll(paths, i -> new Path2D.Double());
    int last = tail.length - 1;
    for (int n = 0; n < tail[last].length; n += 2) {
      double length = 0;
      for (int k = last; k > 0; k--) {
        double x = tail[k - 1][n];
        double y = tail[k - 1][n + 1];
        length += Math.hypot(tail[k][n] - x, tail[k][n + 1] - y);
        if (length > LONGEST_TAIL) {
          break;
        }
        double rest = Math.min(1 - length / LONGEST_TAIL, (double) k / last);
        Path2D path = paths[Math.min(FADES - 1, (int) (rest * FADES))];
        path.moveTo(x(x, size), y(y, size));
        path.lineTo(x(tail[k][n], size), y(tail[k][n + 1], size));
      }
    }
    for (int fade = 0; fade < FADES; fade++) {
      float share = (fade + 1f) / FADES;
      int alpha = (int) (30 + 150 * share);
      graphics.setPaint(
          new Color(PARTICLE.getRed(), PARTICLE.getGreen(), PARTICLE.getBlue(), alpha));
      float width = size / 440f * (0.5f + 1.1f * share);
      graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
      graphics.draw(paths[fade]);
    }
  }

  private void particles(Graphics2D graphics, int size) {
    double radius = 2.4 * size / 440;
    graphics.setPaint(PARTICLE);
    double[] now = tail[tail.length - 1];
    for (int n = 0; n < now.length; n += 2) {
      graphics.fill(
          new Ellipse2D.Double(
              x(now[n], size) - radius, y(now[n + 1], size) - radius, 2 * radius, 2 * radius));
    }
  }

  private static double x(double place, int size) {
    return BESIDE + size * (place + 1) / 2;
  }

  private static double y(double place, int size) {
    return ABOVE + size * (1 - place) / 2;
  }
}
