package org.score4j.model;

import java.util.List;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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
    Validation.begin()
        .rule(
            classes == 0 || classes == condition.classes(),
            "classes",
            classes,
            "must be 0"
                + (condition.classes() == 0
                    ? ", for the data have no classes"
                    : " or, as the data have, " + condition.classes()))
        .end();
    var tf = scope.tf();
    var dense = new Dense(width, Initializer.fanAverageUniform(1), Precision.FLOAT32);
    var ratio =
        tf.math.sub(
            tf.math.log(tf.math.maximum(level.sigma(), tf.constant(SMALLEST_SIGMA))),
            tf.math.log(level.alpha()));
    var angles = tf.math.mul(tf.reshape(ratio, tf.constant(new int[] {-1, 1})), frequencies(scope));
    var sinusoids = tf.concat(List.of(tf.math.sin(angles), tf.math.cos(angles)), tf.constant(1));
    var hidden = Activation.SWISH.apply(tf, dense.apply(scope.child("dense0"), sinusoids));
    var embedding = dense.apply(scope.child("dense1"), hidden);
    return Activation.SWISH.apply(
        tf, classes == 0 ? embedding : tf.math.add(embedding, label(scope, condition)));
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

  /** Row {@code label} of a table, or its last row where the label is -1 or there is none. */
  private Operand<TFloat32> label(ModelScope scope, Condition condition) {
    var tf = scope.tf();
    var table = scope.parameter("classes", Shape.of(classes + 1, width), Initializer.normal(1));
    var any = tf.constant(classes);
    var rows =
        condition
            .labels()
            .<Operand<TInt32>>map(
                labels -> tf.select(tf.math.less(labels, tf.constant(0)), any, labels))
            .orElseGet(() -> tf.reshape(any, tf.constant(new int[] {1})));
    var chosen = tf.oneHot(rows, tf.constant(classes + 1), tf.constant(1f), tf.constant(0f));
    return tf.linalg.matMul(chosen, table);
  }
}
