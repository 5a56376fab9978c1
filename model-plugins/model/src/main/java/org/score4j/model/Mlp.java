package org.score4j.model;

import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A multi-layer perceptron for points x [B, D]: with e an embedding of ln(sigma / alpha) and of the
 * class,
 *
 * <pre>
 *   h_0 = x / sqrt(alpha^2 sd^2 + sigma^2),
 *   h_i = activation(W_i h_{i-1} + b_i + U_i e + c_i),    i = 1 .. depth,
 *   output = W h_depth + b,    W = 0 at first.
 * </pre>
 *
 * <p>The input has unit variance at every noise level, so a variance-exploding process with sigma
 * up to 50 is as easy on the first layer as any other. With NOISE the output has unit variance too.
 * Yet where sigma is far above the data's standard deviation, clean data are a small difference of
 * x and the predicted noise: {@link EdmPreconditioned} around this model predicts them instead, and
 * is the better choice there. SCORE suits data with a single, moderate noise level: over many the
 * score runs from 1 / sigmaMin to 1 / sigmaMax.
 *
 * @param width units of a hidden layer, and length of the embedding
 * @param depth number of hidden layers
 * @param activation between layers
 * @param timeFeatures number of sinusoids of ln(sigma / alpha), even
 * @param dataStandardDeviation sd, of the clean data
 * @param classes number of classes the model is told; 0 for none
 * @param prediction what the output stands for
 * @param learnedVariance whether it also tells where the variance of a reverse step lies
 */
@PluginName("mlp")
public record Mlp(
    int width,
    int depth,
    Activation activation,
    int timeFeatures,
    double dataStandardDeviation,
    int classes,
    Prediction prediction,
    boolean learnedVariance)
    implements ScoreModel {

  /** Checks the components. */
  public Mlp {
    Validation.begin()
        .within("width", width, 1, 1 << 20)
        .count("depth", depth, 1)
        .rule(
            timeFeatures >= 2 && timeFeatures <= 1 << 16 && timeFeatures % 2 == 0,
            "timeFeatures",
            timeFeatures,
            "must be even and from 2 to 65536")
        .positive("dataStandardDeviation", dataStandardDeviation)
        .count("classes", classes, 0)
        .end();
  }

  /** Three layers of 128 units that predict the noise. */
  public Mlp() {
    this(128, 3, Activation.SWISH, 32, 1, 0, Prediction.NOISE, false);
  }

  @Override
  public boolean conditional() {
    return classes > 0;
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    Validation.begin()
        .rule(
            x.shape().numDimensions() == 2,
            "type",
            "mlp",
            "must be a model for images where data have shape " + x.shape().tail())
        .end();
    var tf = scope.tf();
    var fanAverage = Initializer.fanAverageUniform(1);
    var dense = new Dense(width, fanAverage, scope.precision());
    var embedding =
        new NoiseEmbedding(timeFeatures, width, classes)
            .apply(scope.child("embedding"), level, condition);
    Operand<TFloat32> hidden = InputScale.of(tf, x, level, dataStandardDeviation).x();
    for (int i = 0; i < depth; i++) {
      var layer = scope.child("layer" + i);
      hidden =
          activation.apply(
              scope,
              tf.math.add(
                  dense.apply(layer.child("dense"), hidden),
                  dense.apply(layer.child("embedding"), embedding)));
    }
    int dimensions = (int) x.shape().get(1);
    return new Dense(
            learnedVariance ? 2 * dimensions : dimensions, Initializer.zeros(), scope.precision())
        .apply(scope.child("output"), hidden);
  }
}
