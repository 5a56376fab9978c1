package org.score4j.report.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** How charts look: dark ink on white, a faint grid, no frame. */
final class ChartStyle {
  static final Color BLUE = new Color(0x1F5FA8);
  static final Color ORANGE = new Color(0xD1600A);

  static final Color AXIS = new Color(0x606060);
  static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  static final Font HEADING = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  static final Color INK = new Color(0x303030);
  static final Color FAINT = new Color(0xE4E4E4);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font LARGE = new Font(Font.SANS_SERIF, Font.PLAIN, 17);

  private static final int TITLE_HEIGHT = 44;

  private ChartStyle() {}

  /** Draws a title at the top of the canvas. */
  static void title(Graphics2D graphics, String title, int centre) {
    graphics.setFont(LARGE);
    int base = (TITLE_HEIGHT + graphics.getFontMetrics().getAscent()) / 2 + 2;
    centred(graphics, title, centre, base, LARGE);
  }

  /** Writes text centred above a base line. */
  static void centred(Graphics2D graphics, String text, int centre, int base, Font font) {
    text(graphics, text, centre, base, font, 0.5);
  }

  /** Writes text above a base line, with this share of it to the left of x. */
  static void text(
      Graphics2D graphics, String text, double x, double base, Font font, double shareToTheLeft) {
    graphics.setFont(font);
    graphics.setPaint(INK);
    double width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, (float) (x - shareToTheLeft * width), (float) base);
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
