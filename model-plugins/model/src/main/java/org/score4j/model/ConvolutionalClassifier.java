package org.score4j.model;

import java.util.List;
import org.score4j.api.Classifier;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A small classifier of noised images, told the noise level: residual blocks at falling
 * resolutions.
 *
 * <pre>
 *   input:    x / sqrt(alpha^2 sd^2 + sigma^2), conv3x3 to {@code channels}
 *   level i:  block of channels * multipliers[i]; between levels, the mean of each four pixels
 *   output:   norm, swish, mean over pixels, W h + b
 * </pre>
 *
 * @param channels C at full resolution, at least 4
 * @param multipliers factor of {@code channels} at each resolution; each one after the first halves
 *     height and width, which must be even until then
 * @param dropout in the blocks, from 0 to below 1
 * @param dataStandardDeviation sd, of clean data: 0.5 for images in [-1, 1]
 */
@PluginName("convolutional")
public record ConvolutionalClassifier(
    int channels, List<Integer> multipliers, double dropout, double dataStandardDeviation)
    implements Classifier {
  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);

  /** Three resolutions of 32, 64 and 128 channels. */
  public ConvolutionalClassifier() {
    this(32, List.of(1, 2, 4), 0.1, 0.5);
  }

  /** Checks the components. */
  public ConvolutionalClassifier {
    multipliers = List.copyOf(multipliers);
    UnetShape.widths(channels, 4, multipliers, 1)
        .rule(dropout >= 0 && dropout < 1, "dropout", dropout, "must lie in [0, 1)")
        .positive("dataStandardDeviation", dataStandardDeviation)
        .end();
  }

  @Override
  public Operand<TFloat32> logits(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, int classes) {
    check(x);
    var tf = scope.tf();
    var embedding =
        new NoiseEmbedding(channels + channels % 2, 4 * channels, 0)
            .apply(scope.child("embedding"), level, Condition.none());
    Operand<TFloat32> hidden =
        new Convolution(3, 1, channels, FAN_AVERAGE, Precision.FLOAT32)
            .apply(scope.child("input"), InputScale.of(tf, x, level, dataStandardDeviation).x());
    for (int i = 0; i < multipliers.size(); i++) {
      if (i > 0) {
        hidden = new NearestResampling().down(tf, hidden);
      }
      hidden =
          new ResidualBlock(channels * multipliers.get(i), dropout)
              .apply(scope.child("block" + i), hidden, embedding);
    }
    return ClassHead.logits(scope.child("output"), hidden, classes);
  }

  private void check(Operand<TFloat32> x) {
    var shape = x.shape();
    int halvings = multipliers.size() - 1;
    if (shape.numDimensions() != 4
        || shape.get(1) % (1 << halvings) != 0
        || shape.get(2) % (1 << halvings) != 0) {
      throw new InvalidValueException(
          "multipliers",
          multipliers,
          "must suit images whose height and width can be halved "
              + halvings
              + " times, but data have shape "
              + shape.tail());
    }
  }
}
