package org.score4j.report.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.score4j.report.chart.LossCurve;
import org.score4j.report.image.PngFile;

/**
 * A file that shows the training loss.
 *
 * @param curve the loss at steps
 */
record LossPicture(LossCurve curve) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final int LEFT = 84;
  private static final int RIGHT = 24;
  private static final int TOP = 52;
  private static final int BELOW = 62;

  /** Writes the picture, 900 by 480 pixels. */
  void write(Path file) throws IOException {
    BufferedImage image = ChartStyle.canvas(WIDTH, HEIGHT);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    int width = WIDTH - LEFT - RIGHT;
    new ChartDrawing(graphics, LEFT, TOP, width, HEIGHT - TOP - BELOW)
        .curves(curve.chart(List.of()));
    ChartStyle.title(graphics, "training loss", WIDTH / 2);
    graphics.dispose();
    PngFile.write(image, file);
  }
}
