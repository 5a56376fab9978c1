package org.score4j.engine.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A float32 tensor that lives on the device between runs; or, if it never changes, a constant.
 *
 * @param name unique in its computation, and the tensor's name in a file
 * @param shape fully known
 * @param handle the resource; of a constant, one that is never filled
 * @param value the one read that all users of the variable share; gradients are taken with respect
 *     to it
 * @param trained whether an optimiser changes it
 */
public record Variable(
    String name,
    Shape shape,
    Operand<? extends TType> handle,
    Operand<TFloat32> value,
    boolean trained) {

  /** The name without its first part, such as {@code model}. */
  public String path() {
    return name.substring(name.indexOf('/') + 1);
  }
}
