package org.score4j.recipe;

/**
 * What happens to examples on their way into training.
 *
 * @param flip whether images are mirrored left to right with probability 1/2
 * @param dequantize whether bytes k become (k + u) / 256 of their range, u uniform on [0, 1)
 */
public record Augmentation(boolean flip, boolean dequantize) {

  /** Examples as they are. */
  public Augmentation() {
    this(false, false);
  }
}
