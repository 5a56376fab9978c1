package org.score4j.api;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where a model finds its parameters and adds its operations. Scopes nest; a parameter's full path,
 * such as {@code down0/block1/conv1/kernel}, is its name in a checkpoint.
 */
public interface ModelScope {

  /** Operations added here carry the scope's path as prefix of their names. */
  Ops tf();

  /** The scope one level down. */
  ModelScope child(String name);

  /**
   * The value of a parameter, made on first use: asking again for the same path gives the same
   * parameter, so that applying a model twice shares all of them.
   *
   * @throws IllegalArgumentException if the path is already a parameter of another shape
   */
  Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer);

  /**
   * A tensor that is kept with the parameters and never trained, such as random frequencies: made
   * and shared as {@link #parameter} is, constant to gradients and optimisers.
   *
   * @throws IllegalArgumentException if the path is already one of another shape, or a parameter
   */
  Operand<TFloat32> buffer(String name, Shape shape, Initializer initializer);

  /** Whether the network is being trained: only then is there dropout. */
  boolean training();

  /** Arithmetic of convolutions and matrix products. */
  Precision precision();

  /**
   * Random numbers, independent and uniform on [0, 1), of the shape of {@code like}; others at each
   * call and each training step, the same again when a run is repeated.
   */
  Operand<TFloat32> uniform(Operand<TFloat32> like);

  /**
   * A value whose gradients the layer gives itself, because TensorFlow's, derived operation by
   * operation, would take longer. They are used in training; by default a scope leaves gradients to
   * TensorFlow and returns the very value.
   *
   * @param value y = f(x_1, ..., x_n)
   * @param inputs x_1 to x_n: all that y depends on and that may have a gradient
   * @param rule how a gradient with respect to y becomes those with respect to the inputs; losses
   *     that need second derivatives differentiate what it adds
   * @return y
   */
  default Operand<TFloat32> customGradient(
      Operand<TFloat32> value, List<Operand<TFloat32>> inputs, GradientRule rule) {
    return value;
  }
}
