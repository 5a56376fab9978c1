package org.score4j.sampling;

import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.Standardization;
import org.score4j.examples.ExampleValues;
import org.score4j.examples.Units;
import org.score4j.recipe.plugin.BadInput;

/** Which numbers of images are drawn as black and white. */
public final class ShownRange {
  private static final int LOOKED_AT = 64;
  private static final double BYTES = 255;

  /** Deviations that equally distributed numbers reach from their mean, or nearly. */
  private static final double USUAL = 1.6;

  private ShownRange() {}

  /**
   * The range of 8-bit pixels; of images of floats, in their own units, the usual range that the
   * first of them fill, or else from their least number to their largest.
   */
  public static PixelRange of(Examples examples) {
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
      return Units.of(examples).ofData(ExampleValues.of(examples, 0, count));
    } catch (InvalidValueException | BadInput e) {
      return examples.standardization().map(ShownRange::usual).orElseGet(() -> new float[0]);
    }
  }

  /** Of data that are missing, their usual least and largest numbers. */
  private static float[] usual(Standardization units) {
    int last = units.mean().size();
    float[] values = new float[2 * last];
    for (int i = 0; i < values.length; i++) {
      double sign = i < last ? -1 : 1;
      double deviation = units.deviation().get(i % last);
      values[i] = (float) (units.mean().get(i % last) + sign * USUAL * deviation);
    }
    return values;
  }
}
