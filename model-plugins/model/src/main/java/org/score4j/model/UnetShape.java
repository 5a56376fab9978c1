package org.score4j.model;

import java.util.List;
import java.util.stream.IntStream;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/** Whether images of a shape can be halved as often as a U-Net is going to. */
final class UnetShape {

  /** Beyond any network, and small enough that sums of their products are whole numbers. */
  private static final int MOST_CHANNELS = 1 << 16;

  private static final int MOST_TIMES = 1 << 10;
  private static final int MOST_STAGES = 16;

  private UnetShape() {}

  /**
   * The rules that channels keep, whatever the data.
   *
   * @param channels of the first stage
   * @param least of them
   * @param multipliers factor of {@code channels} in each stage
   * @param stages how many there must be at least
   */
  static Validation widths(int channels, int least, List<Integer> multipliers, int stages) {
    return Validation.begin()
        .within("channels", channels, least, MOST_CHANNELS)
        .rule(
            multipliers.size() >= stages
                && multipliers.size() <= MOST_STAGES
                && multipliers.stream().allMatch(m -> m >= 1 && m <= MOST_TIMES),
            "multipliers",
            multipliers,
            "must be " + stages + " to " + MOST_STAGES + " whole numbers from 1 to " + MOST_TIMES);
  }

  /**
   * Holds a U-Net's components against the data's shape.
   *
   * @param plugin the network's name
   * @param multipliers one for each resolution
   * @param attention heights at which there is attention
   * @param shape [B, H, W, C]
   * @throws org.score4j.api.InvalidValueException if they do not fit
   */
  static void check(
      String plugin, List<Integer> multipliers, List<Integer> attention, Shape shape) {
    int halvings = multipliers.size() - 1;
    long factor = 1L << halvings;
    var check =
        Validation.begin()
            .rule(
                shape.numDimensions() == 4,
                "type",
                plugin,
                "must be a model for points where data have shape " + shape.tail());
    check.end();
    long height = shape.get(1);
    check.rule(
        height % factor == 0 && shape.get(2) % factor == 0,
        "multipliers",
        multipliers,
        multipliers.size()
            + " of them need a height and width that are multiples of "
            + factor
            + ", not "
            + height
            + " x "
            + shape.get(2));
    var heights = IntStream.rangeClosed(0, halvings).mapToObj(i -> (int) (height >> i)).toList();
    check
        .rule(
            heights.containsAll(attention),
            "attention",
            attention,
            "must be among the heights the network has, " + heights)
        .end();
  }
}
