package org.score4j.engine;

import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Counts a model's parameters, making none of them. */
public final class ModelSize {
  private ModelSize() {}

  private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  /**
   * Number of trained numbers.
   *
   * @param example shape of one example: [H, W, C] or [D]
   * @throws InvalidValueException if the model does not suit such examples
   */
  public static long parameters(ScoreModel model, Shape example) {
    try (Computation computation = new Computation(0, 0, Device.CPU)) {
      Ops tf = computation.tf();
      Operand<TFloat32> x = placeholder(tf, "x", example.prepend(1));
      var levels =
          new Levels(
              placeholder(tf, "t", Shape.of(1)),
              placeholder(tf, "alpha", Shape.of(1)),
              placeholder(tf, "sigma", Shape.of(1)));
      model.apply(
          ParameterScope.root(computation, new RandomKey(tf), "model", false, Precision.FLOAT32),
          x,
          levels,
          Condition.none());
      return computation.variables().stream()
          .filter(Variable::trained)
          .mapToLong(variable -> variable.shape().size())
          .sum();
    }
  }

  private static Operand<TFloat32> placeholder(Ops tf, String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }
}
