package org.score4j.control;

import java.util.List;
import org.score4j.api.Classifier;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * log p(class | x, t), up to a constant of each example, of classes w_k N(mu_k, s^2 I):
 *
 * <pre>  log w_k - |x - alpha mu_k|^2 / (2 (alpha^2 s^2 + sigma^2)).</pre>
 *
 * @param weights w
 * @param means mu, each of as many numbers as an example has
 * @param deviation s
 */
record ExactClassifier(List<Double> weights, List<List<Double>> means, double deviation)
    implements Classifier {

  @Override
  public Operand<TFloat32> logits(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, int classes) {
    var tf = scope.tf();
    int size = means.get(0).size();
    var points = tf.reshape(x, tf.constant(new int[] {-1, 1, size}));
    var flat = floats(means.stream().flatMap(List::stream).toList());
    var mu = tf.constant(Shape.of(1, classes, size), DataBuffers.of(flat));
    var center = tf.math.mul(LevelTensors.align(tf, level.alpha(), points), mu);
    var squares = tf.reduceSum(tf.math.squaredDifference(points, center), tf.constant(2));
    var signal = tf.math.mul(level.alpha(), tf.constant((float) deviation));
    var variance = tf.math.add(tf.math.square(signal), tf.math.square(level.sigma()));
    var twice = LevelTensors.align(tf, tf.math.mul(variance, tf.constant(-2f)), squares);
    var logs = tf.constant(floats(weights.stream().map(Math::log).toList()));
    return tf.math.add(tf.math.div(squares, twice), logs);
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }
}
