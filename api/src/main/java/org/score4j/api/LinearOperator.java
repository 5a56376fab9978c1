package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A linear map A of images: what is known of x_0 is y = A x_0. */
public interface LinearOperator {

  /**
   * A x.
   *
   * @param x images [B, H, W, C]
   * @return what is measured, [B, ...]
   * @throws InvalidValueException if a component does not suit the shape
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);

  /**
   * A^+ y with the Moore-Penrose inverse: the smallest x with A x nearest to y.
   *
   * @param y what is measured, as {@link #apply} returns it
   * @param like images of the shape of the result
   */
  Operand<TFloat32> pseudoInverse(Ops tf, Operand<TFloat32> y, Operand<TFloat32> like);
}
