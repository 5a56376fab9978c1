package org.score4j.report.chart;

import java.util.Arrays;
import org.score4j.report.image.ImageGrid;

/**
 * Shows images side by side.
 *
 * @param grid of which size they are
 * @param columns each of another class; 0 if images have no such order
 */
record ImageGallery(ImageGrid grid, int columns) implements Gallery {
  private static final int SIDE = 10;
  private static final int SMALL_SIDE = 4;
  private static final long MOST_PIXELS = 1 << 20;

  private boolean byClass() {
    return columns > 0;
  }

  @Override
  public int most() {
    int affordable = side(SIDE);
    return byClass() ? columns * affordable : affordable * affordable;
  }

  @Override
  public int few() {
    return side(SMALL_SIDE) * side(SMALL_SIDE);
  }

  /** Images to a side of a square that is not too heavy for a page. */
  private int side(int wanted) {
    int affordable = (int) Math.sqrt((double) MOST_PIXELS / (grid.height() * grid.width()));
    return Math.max(2, Math.min(wanted, affordable));
  }

  @Override
  public Html large(float[] values, String style, String told) {
    float[] shown = first(values, most());
    int count = shown.length / size();
    int across = byClass() ? Math.min(columns, count) : (int) Math.ceil(Math.sqrt(count));
    return new Picture(grid.sheet(shown, across), grid.scale(), told).html();
  }

  @Override
  public Html small(float[] values, String style, String told) {
    float[] shown = first(values, few());
    int count = shown.length / size();
    int across = count <= SMALL_SIDE ? (count + 1) / 2 : side(SMALL_SIDE);
    return new Picture(grid.sheet(shown, across), grid.scale(), told).html();
  }

  @Override
  public String note() {
    return "";
  }

  private int size() {
    return grid.height() * grid.width() * grid.channels();
  }

  private float[] first(float[] values, int most) {
    return Arrays.copyOf(values, Math.min(values.length, most * size()));
  }
}
