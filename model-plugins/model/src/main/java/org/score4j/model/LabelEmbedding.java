package org.score4j.model;

import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * What a score network is told of the noise level and the class (Ho et al. 2020; Song et al. 2021):
 * swish(W_2 swish(W_1 encoding + b_1) + b_2 + E[class]), of 4 C numbers. Products are float32 in
 * any precision.
 *
 * @param encoding of the label
 * @param scale standard deviation of random frequencies
 * @param channels C, those of the network at full resolution
 * @param classes number of classes; 0 for a network that is not told the class
 * @param activation swish, as published
 */
record LabelEmbedding(
    LabelEncoding encoding, double scale, int channels, int classes, Activation activation) {

  /** The embedding [B, 4 C] or [1, 4 C] of labels [B] or [1]. */
  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat64> label, Condition condition) {
    var tf = scope.tf();
    var dense = new Dense(4 * channels, Initializer.fanAverageUniform(1), Precision.FLOAT32);
    var sinusoids = encoding.apply(scope, label, channels, scale);
    var hidden = activation.apply(scope, dense.apply(scope.child("dense0"), sinusoids));
    var embedding = dense.apply(scope.child("dense1"), hidden);
    return activation.apply(
        scope, new ClassEmbedding(classes).addedTo(scope, embedding, condition));
  }
}
