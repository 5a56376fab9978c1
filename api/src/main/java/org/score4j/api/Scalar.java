package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A number that the host gives to a {@link Kernel} each time it runs. */
public interface Scalar {

  /** The number in the graph, shape []. */
  Operand<TFloat32> value();

  /** The number for one run; rounded to float32 here and nowhere before. */
  Feed is(double value);
}
