package org.score4j.folder;

import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

/**
 * What data must have in common so that a model of some can be used with others.
 *
 * @param shape of an example
 * @param pixels how their bytes become numbers; empty if they are no 8-bit images
 */
public record DataKind(Shape shape, Optional<PixelRange> pixels) {

  /** Of opened data. */
  public static DataKind of(Examples examples) {
    return new DataKind(examples.shape(), examples.pixels());
  }

  @Override
  public String toString() {
    return "examples of shape "
        + shape
        + pixels
            .map(range -> " with pixels in [" + range.low() + ", " + range.high() + "]")
            .orElse("");
  }
}
