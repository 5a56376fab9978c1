package org.score4j.testkit;

import java.util.List;
import java.util.Optional;
import org.score4j.api.Control;
import org.score4j.api.ControlGraph;
import org.score4j.api.LevelTensors;
import org.score4j.api.ScoreField;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Sets the first number of every point to {@code alpha v} before each evaluation, and makes the
 * field NaN where it is anything else: a sampler that is not controlled everywhere draws NaN.
 *
 * @param value v
 */
record FirstNumber(float value) implements Control {

  @Override
  public Operand<TFloat32> state(ControlGraph graph, Operand<TFloat32> x, LevelTensors level) {
    var tf = graph.tf();
    var others = tf.slice(x, tf.constant(new long[] {0, 1}), tf.constant(new long[] {-1, -1}));
    return tf.concat(List.of(known(tf, x, level), others), tf.constant(1));
  }

  /** [B, 1]. */
  private static Operand<TFloat32> first(Ops tf, Operand<TFloat32> x) {
    return tf.slice(x, tf.constant(new long[] {0, 0}), tf.constant(new long[] {-1, 1}));
  }

  private Operand<TFloat32> known(Ops tf, Operand<TFloat32> x, LevelTensors level) {
    return tf.math.mul(LevelTensors.align(tf, level.alpha(), x), tf.constant(value));
  }

  @Override
  public ScoreField field(ControlGraph graph) {
    var tf = graph.tf();
    var field = graph.field();
    return new ScoreField() {
      private Operand<TFloat32> checked(
          Operand<TFloat32> of, Operand<TFloat32> x, LevelTensors level) {
        var fault = tf.math.sub(first(tf, x), known(tf, x, level));
        var agrees = tf.math.equal(fault, tf.constant(0f));
        return tf.math.add(of, tf.select(agrees, tf.constant(0f), tf.constant(Float.NaN)));
      }

      @Override
      public Operand<TFloat32> score(Operand<TFloat32> x, LevelTensors level) {
        return checked(field.score(x, level), x, level);
      }

      @Override
      public Operand<TFloat32> noise(Operand<TFloat32> x, LevelTensors level) {
        return checked(field.noise(x, level), x, level);
      }

      @Override
      public Operand<TFloat32> denoised(Operand<TFloat32> x, LevelTensors level) {
        return checked(field.denoised(x, level), x, level);
      }

      @Override
      public Optional<Operand<TFloat32>> varianceInterpolation(
          Operand<TFloat32> x, LevelTensors level) {
        return field.varianceInterpolation(x, level).map(v -> checked(v, x, level));
      }
    };
  }
}
