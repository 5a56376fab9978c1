package org.score4j.engine.graph;

import java.util.List;
import java.util.Optional;
import org.score4j.api.Standardization;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A {@link Standardization} as part of a graph; nothing without one.
 *
 * @param tf where operations are added
 * @param standardization of the data
 */
public record GraphUnits(Ops tf, Optional<Standardization> standardization) {

  /** {@code (y - mean) / deviation}, for y [B, ...] in the units of the data. */
  public Operand<TFloat32> ofModel(Operand<TFloat32> y) {
    return standardization
        .<Operand<TFloat32>>map(
            change ->
                tf.math.div(tf.math.sub(y, constant(change.mean())), constant(change.deviation())))
        .orElse(y);
  }

  /** {@code x deviation + mean}, for x [B, ...] in the units of the model. */
  public Operand<TFloat32> ofData(Operand<TFloat32> x) {
    return standardization
        .<Operand<TFloat32>>map(
            change ->
                tf.math.add(tf.math.mul(x, constant(change.deviation())), constant(change.mean())))
        .orElse(x);
  }

  /** The score of the data's y: that of x divided by the deviation. */
  public Operand<TFloat32> scoresOfData(Operand<TFloat32> score) {
    return standardization
        .<Operand<TFloat32>>map(change -> tf.math.div(score, constant(change.deviation())))
        .orElse(score);
  }

  private Operand<TFloat32> constant(List<Double> values) {
    float[] each = new float[values.size()];
    for (int i = 0; i < each.length; i++) {
      each[i] = values.get(i).floatValue();
    }
    return tf.constant(each);
  }
}
