package org.score4j.engine.training;

import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.engine.random.RandomKey;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What happens to examples on their way into training; every random number is a function of seed,
 * step and row.
 *
 * <p>Uniform dequantisation (Theis, van den Oord and Bethge 2016, arXiv:1511.01844) turns a byte k
 * from 0 to 255 into a number on its 256th of the range, so that a density of pixels is a density:
 *
 * <pre>
 *   x = low + (high - low) (k + u) / 256,    u ~ U[0, 1).
 * </pre>
 *
 * @param flip whether an image is mirrored left to right with probability 1/2
 * @param dequantize whether bytes are dequantised
 */
public record Augmentation(boolean flip, boolean dequantize) {
  private static final int WIDTH_AXIS = 2;

  /** Examples as they are. */
  public static final Augmentation NONE = new Augmentation(false, false);

  /**
   * Looks whether it suits the data.
   *
   * @param example shape of one example
   * @param bytes whether they are bytes
   * @throws InvalidValueException if not, with components named as in a recipe
   */
  void check(Shape example, boolean bytes) {
    if (flip && example.numDimensions() != 3) {
      throw new InvalidValueException(
          "training.augmentation.flip", true, "must be false for examples that are no images");
    }
    if (dequantize && !bytes) {
      throw new InvalidValueException(
          "training.augmentation.dequantize",
          true,
          "must be false for examples that are not bytes");
    }
  }

  /** Pixels of bytes k = 0 to 255, [B, ...], as numbers of a range. */
  Operand<TFloat32> pixels(Ops tf, RandomKey key, Operand<TFloat32> bytes, PixelRange range) {
    double width = range.high() - range.low();
    Operand<TFloat32> low = tf.constant((float) range.low());
    if (!dequantize) {
      return tf.math.add(tf.math.mul(bytes, tf.constant((float) (width / 255))), low);
    }
    Operand<TFloat32> u = uniform(tf, key, bytes.shape());
    return tf.math.add(tf.math.mul(tf.math.add(bytes, u), tf.constant((float) (width / 256))), low);
  }

  /** Examples [B, ...], half of them mirrored if that is asked for. */
  Operand<TFloat32> flipped(Ops tf, RandomKey key, Operand<TFloat32> examples) {
    if (!flip) {
      return examples;
    }
    Operand<TFloat32> u = uniform(tf, key, Shape.of(examples.shape().get(0), 1, 1, 1));
    return tf.select(
        tf.math.less(u, tf.constant(0.5f)),
        tf.reverse(examples, tf.constant(new int[] {WIDTH_AXIS})),
        examples);
  }

  private static Operand<TFloat32> uniform(Ops tf, RandomKey key, Shape shape) {
    return tf.random.statelessRandomUniform(
        tf.constant(shape.asArray()), key.nextSite(), TFloat32.class);
  }
}
