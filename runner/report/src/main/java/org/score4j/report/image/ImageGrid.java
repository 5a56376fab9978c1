package org.score4j.report.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.score4j.api.PixelRange;

/**
 * A batch of images on one sheet, each pixel enlarged to a square so that small images can be seen.
 *
 * @param height rows of pixels of an image
 * @param width columns of pixels of an image
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param range which numbers stand for black and white
 */
public record ImageGrid(int height, int width, int channels, PixelRange range) {
  private static final int GAP = 2;
  private static final int WANTED_SIDE = 56;
  private static final int PAPER = 0xFFFFFF;
  private static final int NOTHING = -1;
  private static final int OPAQUE = 0xFF000000;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they are no image's
   */
  public ImageGrid {
    if (height < 1 || width < 1 || channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "images of " + height + " x " + width + " x " + channels + ": 1 or 3 channels wanted");
    }
  }

  /**
   * Writes images row by row, nearly as many to a row as there are rows.
   *
   * @param images shape [N, H, W, C], N at least 1
   */
  public void write(float[] images, Path file) throws IOException {
    PngFile.write(draw(images), file);
  }

  /**
   * Writes images so that each class has its row.
   *
   * @param images shape [N, H, W, C], N at least 1
   * @param labels their classes, 0 or more
   */
  public void writeByClass(float[] images, int[] labels, Path file) throws IOException {
    PngFile.write(drawByClass(images, labels), file);
  }

  /** Screen pixels to a side of an image's pixel. */
  public int scale() {
    return Math.max(1, Math.round((float) WANTED_SIDE / Math.max(height, width)));
  }

  /**
   * Images row by row, each pixel one pixel, on a transparent sheet, which shows where a number is
   * NaN.
   *
   * @param images shape [N, H, W, C], N at least 1
   * @param columns images to a row
   */
  public BufferedImage sheet(float[] images, int columns) {
    int count = count(images);
    int gap = Math.max(1, Math.max(height, width) / 28);
    int rows = (count + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(
            columns * (width + gap) - gap,
            rows * (height + gap) - gap,
            BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < count; i++) {
      int left = i % columns * (width + gap);
      int top = i / columns * (height + gap);
      for (int pixel = 0; pixel < height * width; pixel++) {
        int first = (i * height * width + pixel) * channels;
        if (!Float.isNaN(images[first])) {
          sheet.setRGB(left + pixel % width, top + pixel / width, OPAQUE | color(images, first));
        }
      }
    }
    return sheet;
  }

  BufferedImage draw(float[] images) {
    return sheet(images, (int) Math.ceil(Math.sqrt(count(images))), scale());
  }

  /** Rows of a sheet of so many columns. */
  public int rows(float[] images, int columns) {
    return (count(images) + columns - 1) / columns;
  }

  /** How far images of so many columns can be enlarged for a sheet to be no wider; 0 if not. */
  public int scaleFor(int columns, int room) {
    return ((room - GAP) / columns - GAP) / width;
  }

  /** A sheet of so many columns, with that many pixels to a side of an image's pixel. */
  public BufferedImage sheet(float[] images, int columns, int scale) {
    int count = count(images);
    int[][] cells = new int[(count + columns - 1) / columns][columns];
    for (int i = 0; i < cells.length * columns; i++) {
      cells[i / columns][i % columns] = i < count ? i : NOTHING;
    }
    return draw(images, cells, scale);
  }

  BufferedImage drawByClass(float[] images, int[] labels) {
    int count = count(images);
    if (labels.length != count) {
      throw new IllegalArgumentException(labels.length + " labels for " + count + " images");
    }
    int[] filled = new int[Arrays.stream(labels).max().orElseThrow() + 1];
    for (int label : labels) {
      filled[label]++;
    }
    int[][] cells = new int[filled.length][Arrays.stream(filled).max().orElseThrow()];
    for (int[] row : cells) {
      Arrays.fill(row, NOTHING);
    }
    Arrays.fill(filled, 0);
    for (int i = 0; i < count; i++) {
      cells[labels[i]][filled[labels[i]]++] = i;
    }
    return draw(images, cells, scale());
  }

  private int count(float[] images) {
    int size = height * width * channels;
    if (images.length == 0 || images.length % size != 0) {
      throw new IllegalArgumentException(
          images.length + " numbers are no whole images of " + size + " numbers each");
    }
    return images.length / size;
  }

  private BufferedImage draw(float[] images, int[][] cells, int scale) {
    int stepX = width * scale + GAP;
    int stepY = height * scale + GAP;
    BufferedImage sheet =
        new BufferedImage(
            cells[0].length * stepX + GAP, cells.length * stepY + GAP, BufferedImage.TYPE_INT_RGB);
    int[] paper = new int[sheet.getWidth()];
    Arrays.fill(paper, PAPER);
    sheet.setRGB(0, 0, sheet.getWidth(), sheet.getHeight(), paper, 0, 0);
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells[row].length; column++) {
        if (cells[row][column] != NOTHING) {
          int left = GAP + column * stepX;
          paste(sheet, images, cells[row][column], scale, left, GAP + row * stepY);
        }
      }
    }
    return sheet;
  }

  private void paste(BufferedImage sheet, float[] images, int index, int scale, int left, int top) {
    for (int y = 0; y < height * scale; y++) {
      for (int x = 0; x < width * scale; x++) {
        int first = ((index * height + y / scale) * width + x / scale) * channels;
        sheet.setRGB(left + x, top + y, color(images, first));
      }
    }
  }

  private int color(float[] images, int first) {
    int red = range.toByte(images[first]);
    return channels == 1
        ? red << 16 | red << 8 | red
        : red << 16 | range.toByte(images[first + 1]) << 8 | range.toByte(images[first + 2]);
  }
}
