package org.score4j.control;

import java.nio.file.Path;
import java.util.Optional;
import org.score4j.api.LinearOperator;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Some pixels of an image; the others are 0: [B, H, W, C] to the same.
 *
 * @param known which half is kept, the larger one of an odd number of pixels; not used if there is
 *     a file
 * @param file PNG of the images' size whose brighter pixels, from a half of full brightness on, are
 *     kept
 */
@PluginName("mask")
public record Mask(Half known, Optional<Path> file) implements LinearOperator {

  /** Halves of an image. */
  public enum Half {
    /** The first columns. */
    LEFT,
    /** The last columns. */
    RIGHT,
    /** The first rows. */
    TOP,
    /** The last rows. */
    BOTTOM
  }

  /** The left half. */
  public Mask() {
    this(Half.LEFT);
  }

  /** One half. */
  public Mask(Half known) {
    this(known, Optional.empty());
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(x, pixels(tf, x));
  }

  @Override
  public Operand<TFloat32> pseudoInverse(Ops tf, Operand<TFloat32> y, Operand<TFloat32> like) {
    return tf.math.mul(y, pixels(tf, y));
  }

  /** 1 where a pixel is kept and 0 elsewhere, [1, H, W, 1]. */
  private Operand<TFloat32> pixels(Ops tf, Operand<TFloat32> x) {
    int height = (int) x.shape().get(1);
    int width = (int) x.shape().get(2);
    Shape shape = Shape.of(1, height, width, 1);
    float[] kept =
        file.map(png -> PngImage.read("file", png, height, width, 1, PixelRange.UNIT))
            .orElseGet(() -> half(height, width));
    for (int i = 0; i < kept.length; i++) {
      kept[i] = kept[i] < 0.5f ? 0 : 1;
    }
    return tf.constant(shape, DataBuffers.of(kept));
  }

  private float[] half(int height, int width) {
    float[] kept = new float[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        boolean inside =
            switch (known) {
              case LEFT -> column < (width + 1) / 2;
              case RIGHT -> column >= width / 2;
              case TOP -> row < (height + 1) / 2;
              case BOTTOM -> row >= height / 2;
            };
        kept[row * width + column] = inside ? 1 : 0;
      }
    }
    return kept;
  }
}
