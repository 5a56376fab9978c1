package org.score4j.control;

import java.util.List;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LinearOperator;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each square of pixels: [B, H, W, C] to [B, H / f, W / f, C]. Its pseudo-inverse gives
 * every pixel of a square the mean.
 *
 * @param factor f, pixels a side, at least 2; divides height and width
 */
@PluginName("super-resolution")
public record SuperResolution(int factor) implements LinearOperator {

  /** Four times fewer pixels a side. */
  public SuperResolution() {
    this(4);
  }

  /** Checks the factor. */
  public SuperResolution {
    Validation.begin().atLeast("factor", factor, 2).end();
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    if (x.shape().get(1) % factor != 0 || x.shape().get(2) % factor != 0) {
      throw new InvalidValueException(
          "factor",
          factor,
          "must divide height and width of the data, "
              + x.shape().get(1)
              + " x "
              + x.shape().get(2));
    }
    List<Long> window = List.of(1L, (long) factor, (long) factor, 1L);
    return tf.nn.avgPool(x, window, window, "VALID");
  }

  @Override
  public Operand<TFloat32> pseudoInverse(Ops tf, Operand<TFloat32> y, Operand<TFloat32> like) {
    int[] size = {(int) like.shape().get(1), (int) like.shape().get(2)};
    return tf.image.resizeNearestNeighbor(y, tf.constant(size));
  }
}
