package org.score4j.api;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The chain rule for one step of a computation y = f(x_1, ..., x_n). */
@FunctionalInterface
public interface GradientRule {

  /**
   * Adds the operations. TensorFlow holds the lock of the graph meanwhile: asking an operand for
   * its shape would wait for ever, so shapes have to be known from before.
   *
   * @param tf where they go
   * @param gradient dL / dy, of the shape of y
   * @return dL / dx_1 to dL / dx_n, all n of them, each of the shape of its x
   */
  List<Operand<TFloat32>> apply(Ops tf, Operand<TFloat32> gradient);
}
