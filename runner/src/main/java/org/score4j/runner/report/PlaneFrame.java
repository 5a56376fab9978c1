package org.score4j.runner.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.score4j.runner.plane.Arrows;
import org.score4j.runner.plane.DensityMap;

/**
 * Particles with tails over the density and the score of noised data of the plane, at one instant.
 *
 * @param left what stands above, on the left
 * @param right what stands above, on the right
 * @param density of the noised data
 * @param arrows sigma times the score, on the density's square
 * @param tail where the particles have been of late, the last their places now: x and y of each,
 *     from -1 to 1 between the sides of the square of the time
 */
public record PlaneFrame(
    String left, String right, DensityMap density, Arrows arrows, double[][] tail) {
  private static final int BESIDE = 34;
  private static final int ABOVE = 30;
  private static final int BELOW = 22;
  private static final int MARGIN = 10;
  private static final Color INK = new Color(0x40, 0x48, 0x55);
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
    int last = tail.length - 1;
    float unit = size / 440f;
    for (int k = 0; k < last; k++) {
      Path2D path = new Path2D.Double();
      for (int n = 0; n < tail[k].length; n += 2) {
        path.moveTo(x(tail[k][n], size), y(tail[k][n + 1], size));
        path.lineTo(x(tail[k + 1][n], size), y(tail[k + 1][n + 1], size));
      }
      float age = (k + 1f) / last;
      graphics.setPaint(
          new Color(PARTICLE.getRed(), PARTICLE.getGreen(), PARTICLE.getBlue(), (int) (140 * age)));
      graphics.setStroke(
          new BasicStroke(
              unit * (0.6f + 1.2f * age), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
      graphics.draw(path);
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
