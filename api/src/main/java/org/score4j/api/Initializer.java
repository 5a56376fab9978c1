package org.score4j.api;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Values a parameter starts from. */
@FunctionalInterface
public interface Initializer {

  /**
   * Adds the values to a graph.
   *
   * @param shape the parameter's shape
   * @param seed two int64, a function of the run's seed and the parameter's path
   */
  Operand<TFloat32> values(Ops tf, Shape shape, Operand<TInt64> seed);

  /** The same value everywhere. */
  static Initializer constant(double value) {
    return (tf, shape, seed) -> tf.fill(tf.constant(shape.asArray()), tf.constant((float) value));
  }

  /** Zero everywhere. */
  static Initializer zeros() {
    return constant(0);
  }

  /** One everywhere. */
  static Initializer ones() {
    return constant(1);
  }

  /** Independent N(0, standardDeviation^2). */
  static Initializer normal(double standardDeviation) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.random.statelessRandomNormal(tf.constant(shape.asArray()), seed, TFloat32.class),
            tf.constant((float) standardDeviation));
  }

  /** Independent and uniform on [-limit, limit). */
  static Initializer uniform(double limit) {
    return (tf, shape, seed) ->
        tf.math.mul(
            tf.math.sub(
                tf.random.statelessRandomUniform(
                    tf.constant(shape.asArray()), seed, TFloat32.class),
                tf.constant(0.5f)),
            tf.constant((float) (2 * limit)));
  }

  /**
   * Uniform with variance {@code scale / mean(fanIn, fanOut)} (Glorot and Bengio 2010): the default
   * of score_sde. The last two axes of the shape are input and output channels; axes before them
   * are a kernel's extent.
   *
   * @param scale 1 as a rule, 0 or tiny for layers that must start as (nearly) zero
   */
  static Initializer fanAverageUniform(double scale) {
    return (tf, shape, seed) -> {
      int rank = shape.numDimensions();
      double extent = 1;
      for (int axis = 0; axis < rank - 2; axis++) {
        extent *= shape.get(axis);
      }
      double fanAverage = extent * (shape.get(rank - 2) + shape.get(rank - 1)) / 2;
      return uniform(Math.sqrt(3 * scale / fanAverage)).values(tf, shape, seed);
    };
  }
}
