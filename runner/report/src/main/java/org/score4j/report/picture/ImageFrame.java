package org.score4j.report.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.score4j.report.image.ImageGrid;

/**
 * Images on their way, in one or several grids side by side, or one above the other if they are
 * wide, at one instant.
 *
 * @param left what stands above, on the left
 * @param right what stands above, on the right
 * @param grid of the images
 * @param columns of a grid
 * @param blocks the images of each grid, shape [N, H, W, C], with what it is called; one or more
 */
public record ImageFrame(
    String left, String right, ImageGrid grid, int columns, List<Block> blocks) {
  private static final int ABOVE = 30;
  private static final int BETWEEN = 10;
  private static final int NAME = 20;
  private static final int MARGIN = 8;

  /**
   * A grid.
   *
   * @param name of what it shows
   * @param images shape [N, H, W, C], N at least 1
   */
  public record Block(String name, float[] images) {}

  /** The picture, at most of this width, with a whole number of its pixels for each of an image. */
  public BufferedImage draw(int width) {
    boolean named = blocks.size() > 1;
    int rows = grid.rows(blocks.get(0).images(), columns);
    boolean beside = columns * grid.width() <= rows * grid.height();
    int across = beside ? blocks.size() : 1;
    int room = (width - 2 * MARGIN - (across - 1) * BETWEEN) / across;
    int scale = Math.max(1, grid.scaleFor(columns, room));
    List<BufferedImage> sheets =
        blocks.stream().map(block -> grid.sheet(block.images(), columns, scale)).toList();
    int sheetWidth = sheets.get(0).getWidth();
    int sheetHeight = sheets.get(0).getHeight() + (named ? NAME : 0);
    int down = blocks.size() / across;
    int whole = across * sheetWidth + (across - 1) * BETWEEN;
    BufferedImage image =
        ChartStyle.canvas(
            whole + 2 * MARGIN, ABOVE + down * sheetHeight + (down - 1) * BETWEEN + MARGIN);
    Graphics2D graphics = ChartStyle.smooth(image.createGraphics());
    ChartStyle.text(graphics, left, MARGIN, ABOVE - 10, ChartStyle.HEADING, 0);
    ChartStyle.text(graphics, right, MARGIN + whole, ABOVE - 10, ChartStyle.HEADING, 1);
    for (int i = 0; i < sheets.size(); i++) {
      int x = MARGIN + i % across * (sheetWidth + BETWEEN);
      int y = ABOVE + i / across * (sheetHeight + BETWEEN);
      if (named) {
        ChartStyle.text(graphics, blocks.get(i).name(), x, y + 13, ChartStyle.TICKS, 0);
      }
      graphics.drawImage(sheets.get(i), x, y + (named ? NAME : 0), null);
    }
    graphics.dispose();
    return image;
  }
}
