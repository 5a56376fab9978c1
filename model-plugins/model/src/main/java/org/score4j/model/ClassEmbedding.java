package org.score4j.model;

import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a network is told of the class, a row of the parameter {@code classes} [classes + 1, width],
 * added to its embedding of the noise level (Dhariwal and Nichol 2021). The last row stands for
 * "any class".
 *
 * @param classes number of classes; 0 for a network that is not told the class
 */
record ClassEmbedding(int classes) {

  /**
   * Adds row {@code label}, or the last row where the label is -1 or there is none.
   *
   * @param embedding [B, width] or [1, width]
   */
  Operand<TFloat32> addedTo(ModelScope scope, Operand<TFloat32> embedding, Condition condition) {
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
    if (classes == 0) {
      return embedding;
    }
    var tf = scope.tf();
    var shape = Shape.of(classes + 1, embedding.shape().get(1));
    var table = scope.parameter("classes", shape, Initializer.normal(1));
    var any = tf.constant(classes);
    var rows =
        condition
            .labels()
            .<Operand<TInt32>>map(
                labels -> tf.select(tf.math.less(labels, tf.constant(0)), any, labels))
            .orElseGet(() -> tf.reshape(any, tf.constant(new int[] {1})));
    var chosen = tf.oneHot(rows, tf.constant(classes + 1), tf.constant(1f), tf.constant(0f));
    return tf.math.add(embedding, tf.linalg.matMul(chosen, table));
  }
}
