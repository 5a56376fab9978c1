package org.score4j.report.chart;

import java.util.Optional;
import org.score4j.api.PixelRange;
import org.score4j.report.image.ImageGrid;

/** Shows examples of one kind, data and samples alike, on a page. */
public interface Gallery {

  /** How many a large picture shows at most. */
  int most();

  /** How many a small one shows at most. */
  int few();

  /**
   * A picture as wide as half the page.
   *
   * @param values of at least one example, row-major; the first of them if there are too many
   * @param style {@code data} or {@code samples}
   * @param told what they are
   */
  Html large(float[] values, String style, String told);

  /** A picture to stand in a row of several; otherwise as {@link #large}. */
  Html small(float[] values, String style, String told);

  /** What to know before looking; possibly blank. */
  String note();

  /**
   * The gallery for examples of a shape.
   *
   * @param shape [H, W, C] or [D]
   * @param pixels which numbers stand for black and white
   * @param columns of images, one for each class of those in turn; 0 for nearly a square
   * @param data points that span what is shown, at least one; nothing of images
   * @return empty if there is no way to show such examples
   */
  static Optional<Gallery> of(long[] shape, PixelRange pixels, int columns, float[] data) {
    if (shape.length == 3 && (shape[2] == 1 || shape[2] == 3)) {
      var grid = new ImageGrid((int) shape[0], (int) shape[1], (int) shape[2], pixels);
      return Optional.of(new ImageGallery(grid, columns));
    }
    if (shape.length == 1 && shape[0] >= 2) {
      return Optional.of(PointGallery.around(data, (int) shape[0]));
    }
    return Optional.empty();
  }
}
