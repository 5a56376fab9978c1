package org.score4j.data;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Validation;
import org.score4j.data.image.Memory;
import org.score4j.data.image.Picture;
import org.tensorflow.ndarray.Shape;

/**
 * How images of any size become examples of one.
 *
 * @param size one number for squares, or height and width; that of the first image if empty
 * @param channels 1 or 3; as many as the first image has if empty
 * @param resize what is done with images of another size
 */
record Fitting(Optional<List<Integer>> size, Optional<Integer> channels, Resize resize) {

  private static final int LARGEST = 1 << 14;

  /** Adds the rules of the recipe's keys. */
  static Validation check(
      Validation rules, Optional<List<Integer>> size, Optional<Integer> channels) {
    List<Integer> sides = size.orElse(List.of(1));
    return rules
        .rule(
            (sides.size() == 1 || sides.size() == 2)
                && sides.stream().allMatch(side -> side >= 1 && side <= LARGEST),
            "size",
            sides.size() == 1 ? sides.get(0) : sides,
            "must be one number, or [height, width], each from 1 to " + LARGEST)
        .rule(
            channels.orElse(1) == 1 || channels.orElse(1) == 3,
            "channels",
            channels.orElse(1),
            "must be 1 (grey) or 3 (colour)");
  }

  /** The height that is asked for; empty if it is that of the first image. */
  Optional<Integer> height() {
    return size.map(sides -> sides.get(0));
  }

  /** The width that is asked for; empty if it is that of the first image. */
  Optional<Integer> width() {
    return size.map(sides -> sides.get(sides.size() - 1));
  }

  /**
   * Shape [H, W, C] of all examples, given the first image.
   *
   * @throws InvalidValueException if an example takes too much of the heap
   */
  Shape shape(Picture first) {
    Shape shape =
        Shape.of(
            height().orElse(first.height()),
            width().orElse(first.width()),
            channels.orElse(first.channels()));
    if (shape.size() > Memory.largestPiece()) {
      throw new InvalidValueException(
          "size",
          shape.get(0) + " x " + shape.get(1) + " x " + shape.get(2) + " bytes",
          Memory.rule());
    }
    return shape;
  }

  /**
   * Brings an image to the shape.
   *
   * @param fault makes what is thrown, of what was found and the rule
   * @throws InvalidValueException if the recipe does not let it
   */
  Picture apply(
      Picture image, Shape shape, BiFunction<String, String, InvalidValueException> fault) {
    int height = (int) shape.get(0);
    int width = (int) shape.get(1);
    int wanted = (int) shape.get(2);
    if (channels.isEmpty() && image.channels() != wanted) {
      throw fault.apply(
          "an image of " + colours(image.channels()),
          "must hold images of "
              + colours(wanted)
              + ", like the first; set channels to have all converted");
    }
    boolean fits = image.height() == height && image.width() == width;
    if (!fits && resize == Resize.NONE) {
      throw fault.apply(
          "an image of " + image.height() + " x " + image.width(),
          "must hold images of "
              + height
              + " x "
              + width
              + "; set resize to \"crop\" or \"stretch\" to have all scaled");
    }
    Picture converted = image.withChannels(wanted);
    Picture piece = resize == Resize.CROP ? converted.croppedLike(height, width) : converted;
    return Resampling.scale(piece, height, width);
  }

  private static String colours(int channels) {
    return channels == 1 ? "1 channel" : channels + " channels";
  }
}
