package org.score4j.report.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.DensityMap;

/**
 * The score of noised data of the plane as arrows over their density, a column for each noise
 * level: what was learned and, where it is known, the truth below.
 *
 * @param levels from left to right, at least one; all with a truth or none
 */
public record ScoreFieldFigure(List<Level> levels) {
  private static final int PANEL = 230;
  private static final int GAP = 14;
  private static final int BESIDE = 48;
  private static final int ABOVE = 46;
  private static final int BELOW = 24;
  private static final Color INK = new Color(0x262626);

  /**
   * One noise level.
   *
   * @param title names it
   * @param note what else there is to say of it
   * @param density of the noised data
   * @param learned sigma times the score, on the density's square
   * @param truth likewise; empty if it is not known
   */
  public record Level(
      String title, String note, DensityMap density, Arrows learned, Optional<Arrows> truth) {}

  /** The picture, with two pixels for one of its width as it is to be shown. */
  public BufferedImage draw() {
    boolean known = levels.get(0).truth().isPresent();
    int width = BESIDE + levels.size() * (PANEL + GAP);
    int height = ABOVE + (known ? 2 : 1) * (PANEL + GAP) - GAP + BELOW;
    BufferedImage image = ChartStyle.canvas(2 * width, 2 * height);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    graphics.scale(2, 2);
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      int left = BESIDE + i * (PANEL + GAP);
      ChartStyle.centred(graphics, level.title(), left + PANEL / 2, 17, ChartStyle.HEADING);
      ChartStyle.centred(graphics, level.note(), left + PANEL / 2, 35, ChartStyle.TICKS);
      panel(graphics, level.density(), level.learned(), left, ABOVE, i == 0, !known);
      if (known) {
        int top = ABOVE + PANEL + GAP;
        panel(graphics, level.density(), level.truth().get(), left, top, i == 0, true);
      }
    }
    row(graphics, "learned", ABOVE + PANEL / 2);
    if (known) {
      row(graphics, "true", ABOVE + PANEL + GAP + PANEL / 2);
    }
    graphics.dispose();
    return image;
  }

  private static void panel(
      Graphics2D graphics,
      DensityMap density,
      Arrows arrows,
      int left,
      int top,
      boolean first,
      boolean last) {
    var panel = new PlanePanel(graphics, density.window(), left, top, PANEL);
    panel.density(density);
    panel.arrows(arrows, INK);
    panel.frame(last, first);
  }

  private static void row(Graphics2D graphics, String name, int middle) {
    AffineTransform before = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, 14, middle);
    ChartStyle.centred(graphics, name, 14, middle + 4, ChartStyle.HEADING);
    graphics.setTransform(before);
  }
}
