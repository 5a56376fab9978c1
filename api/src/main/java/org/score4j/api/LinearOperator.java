package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A linear map A of images: what is known of x_0 is y = A x_0. */
@PluginService
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

  /**
   * How many images this operator is given for, each with an A of its own; 1 if A is the same for
   * all, as it is unless overridden.
   *
   * @throws InvalidValueException if a component cannot be read
   */
  default int images(ControlGraph graph) {
    return 1;
  }

  /**
   * The operator whose row b is A of the image {@code numbers[b]}, modulo {@link #images}; this one
   * unless overridden.
   *
   * @param numbers of images, [B]: that of sample n is n
   * @throws InvalidValueException if a component does not suit the data
   */
  default LinearOperator of(ControlGraph graph, Operand<TInt64> numbers) {
    return this;
  }
}
