package org.score4j.runner.init;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The size that images of a folder or a zip file are brought to.
 *
 * @param height in pixels
 * @param width in pixels
 * @param reason why they are not left as they are, to follow the size in a sentence
 */
record FirstSize(long height, long width, String reason) {
  /** Beyond, training takes days without a GPU. */
  private static final long MOST_PIXELS = 64 * 64;

  /** A U-Net halves images a few times. */
  private static final long MULTIPLE = 8;

  /** What small images are cut to, so that they lose little. */
  private static final long HALVED_TWICE = 4;

  private static final long SMALLEST = 8;

  /**
   * The size for images of which the first has this one.
   *
   * @param alike whether all have it
   * @return empty if images are to be left as they are
   */
  static Optional<FirstSize> of(long height, long width, boolean alike) {
    if (!alike) {
      long side = Math.min(Math.min(height, width), (long) Math.sqrt(MOST_PIXELS));
      long floor = Math.max(SMALLEST, side / HALVED_TWICE * HALVED_TWICE);
      return Optional.of(new FirstSize(floor, floor, ""));
    }
    long pixels = Math.multiplyExact(height, width);
    if (pixels > MOST_PIXELS) {
      double scale = Math.sqrt((double) MOST_PIXELS / pixels);
      return Optional.of(
          new FirstSize(
              rounded(height, scale),
              rounded(width, scale),
              ", as larger ones train for days without a GPU"));
    }
    boolean halved = height % 2 == 0 && width % 2 == 0;
    return halved || Math.min(height, width) < 2 * SMALLEST
        ? Optional.empty()
        : Optional.of(
            new FirstSize(
                height / HALVED_TWICE * HALVED_TWICE,
                width / HALVED_TWICE * HALVED_TWICE,
                ", as a U-Net cannot halve an odd number of pixels"));
  }

  /** A scaled side, which is no longer than it was. */
  private static long rounded(long side, double scale) {
    return Math.min(side, Math.max(SMALLEST, Math.round(side * scale / MULTIPLE) * MULTIPLE));
  }

  void addTo(ObjectNode keys) {
    if (height == width) {
      keys.put("size", height);
    } else {
      keys.putArray("size").add(height).add(width);
    }
    keys.put("resize", "crop");
  }
}
