package org.score4j.benchmarks;

import java.util.random.RandomGenerator;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.Sde;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of (network(x) - z)^2, where x = alpha data + sigma z, with noise z and times that are
 * given: what both sides can be held against each other by.
 */
record GivenNoiseLoss(Inputs inputs) implements Loss {

  @Override
  public double[] drawTimes(Sde sde, int batch, RandomGenerator random) {
    double[] times = new double[batch];
    for (int i = 0; i < batch; i++) {
      times[i] = inputs.t()[i];
    }
    return times;
  }

  @Override
  public Operand<TFloat32> perExample(LossGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> data = graph.data();
    Shape shape = data.shape();
    Operand<TFloat32> noise = tf.constant(shape, DataBuffers.of(inputs.noise()));
    Operand<TFloat32> x =
        tf.math.add(
            tf.math.mul(LevelTensors.align(tf, graph.level().alpha(), data), data),
            tf.math.mul(LevelTensors.align(tf, graph.level().sigma(), data), noise));
    var errors = tf.math.squaredDifference(graph.field().noise(x, graph.level()), noise);
    int[] axes = new int[shape.numDimensions() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i + 1;
    }
    return tf.math.mean(errors, tf.constant(axes));
  }
}
