package org.score4j.model;

import java.util.List;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a network is told of the noise level and the class: a vector for each example, [B, width] or
 * [1, width].
 *
 * <pre>
 *   l = ln(sigma / alpha),    features = sin(w l), cos(w l),    w = 2 pi / 64 ... 2 pi, geometric,
 *   swish(W_2 swish(W_1 features + b_1) + b_2 + E[label]).
 * </pre>
 *
 * <p>The logarithm of the noise-to-signal ratio means the same in every forward process, where t
 * and sigma do not; it runs from about -7 to 5 in the published ones, within one period of the
 * slowest feature. Products are float32 in any precision: they are few, and neighbouring noise
 * levels must not be rounded together.
 *
 * @param features number of sinusoids, even
 * @param width length of the vector
 * @param classes number of classes; 0 for a network that is not told the class
 */
record NoiseEmbedding(int features, int width, int classes) {
  private static final double SLOWEST = 2 * Math.PI / 64;
  private static final double FASTEST = 2 * Math.PI;
  private static final float SMALLEST_SIGMA = 1e-30f;

  Operand<TFloat32> apply(ModelScope scope, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    var dense = new Dense(width, Initializer.fanAverageUniform(1), Precision.FLOAT32);
    var ratio =
        tf.math.sub(
            tf.math.log(tf.math.maximum(level.sigma(), tf.constant(SMALLEST_SIGMA))),
            tf.math.log(level.alpha()));
    var angles = tf.math.mul(tf.reshape(ratio, tf.constant(new int[] {-1, 1})), frequencies(scope));
    var sinusoids = tf.concat(List.of(tf.math.sin(angles), tf.math.cos(angles)), tf.constant(1));
    var hidden = Activation.SWISH.apply(scope, dense.apply(scope.child("dense0"), sinusoids));
    var embedding = dense.apply(scope.child("dense1"), hidden);
    return Activation.SWISH.apply(
        scope, new ClassEmbedding(classes).addedTo(scope, embedding, condition));
  }

  private Operand<TFloat32> frequencies(ModelScope scope) {
    int half = features / 2;
    float[][] frequencies = new float[1][half];
    for (int i = 0; i < half; i++) {
      double fraction = half == 1 ? 0 : (double) i / (half - 1);
      frequencies[0][i] = (float) (SLOWEST * Math.pow(FASTEST / SLOWEST, fraction));
    }
    return scope.tf().constant(frequencies);
  }
}
