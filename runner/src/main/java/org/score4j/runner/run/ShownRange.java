package org.score4j.runner.run;

import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.runner.units.Units;

/** Which numbers of images are drawn as black and white. */
final class ShownRange {
  private static final int LOOKED_AT = 64;
  private static final double BYTES = 255;

  private ShownRange() {}

  /**
   * The range of 8-bit pixels; of images of floats, in their own units, the usual range that the
   * first of them fill, or else from their least number to their largest.
   */
  static PixelRange of(Examples examples) {
    return examples
        .pixels()
        .orElseGet(
            () -> examples.shape().numDimensions() == 3 ? ofFloats(examples) : PixelRange.UNIT);
  }

  private static PixelRange ofFloats(Examples examples) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float value : first(examples)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low >= 0 && high <= 1 || low >= high) {
      return PixelRange.UNIT;
    }
    if (low >= -1 && high <= 1) {
      return PixelRange.CENTERED;
    }
    return low >= 0 && high <= BYTES && high > BYTES / 2
        ? new PixelRange(0, BYTES)
        : new PixelRange(low, high);
  }

  private static float[] first(Examples examples) {
    int count = (int) Math.min(LOOKED_AT, examples.size().orElse(LOOKED_AT));
    try {
      return Units.of(examples).ofData(Evaluator.values(examples, 0, count));
    } catch (InvalidValueException e) {
      // Data that are not there.
      return new float[0];
    }
  }
}
