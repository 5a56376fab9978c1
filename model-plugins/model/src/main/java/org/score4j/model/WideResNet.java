package org.score4j.model;

import org.score4j.api.Classifier;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Precision;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The wide residual network (Zagoruyko and Komodakis 2016) as a classifier of noised images (Song
 * et al. 2021, appendix I.1): three groups of pre-activation blocks of 16 k, 32 k and 64 k
 * channels, the second and the third at half the resolution of the one before, after a 3 x 3
 * convolution to 16 channels.
 *
 * <p>Blocks are told the noise level as those of a U-Net are, and normalise by groups of channels:
 * statistics of a batch would mix noise levels. Resolution falls by the mean of each four pixels.
 *
 * @param blocks in each group, 1 or more
 * @param widening k, 1 or more
 * @param dropout in the blocks, from 0 to below 1
 * @param dataStandardDeviation of clean data: 0.5 for images in [-1, 1]
 */
@PluginName("wide-resnet")
public record WideResNet(int blocks, int widening, double dropout, double dataStandardDeviation)
    implements Classifier {
  private static final int GROUPS = 3;
  private static final int CHANNELS = 16;

  /** WRN-28-10: four blocks a group, ten times as wide. */
  public WideResNet() {
    this(4, 10, 0, 0.5);
  }

  /** Checks the components. */
  public WideResNet {
    Validation.begin()
        .count("blocks", blocks, 1)
        .within("widening", widening, 1, 1 << 10)
        .rule(dropout >= 0 && dropout < 1, "dropout", dropout, "must lie in [0, 1)")
        .positive("dataStandardDeviation", dataStandardDeviation)
        .end();
  }

  @Override
  public Operand<TFloat32> logits(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, int classes) {
    var shape = x.shape();
    if (shape.numDimensions() != 4 || shape.get(1) % 4 != 0 || shape.get(2) % 4 != 0) {
      throw new InvalidValueException(
          "type",
          "\"wide-resnet\"",
          "must be given images whose height and width are multiples of 4, but data have shape "
              + shape.tail());
    }
    var tf = scope.tf();
    var embedding =
        new NoiseEmbedding(8 * CHANNELS, 32 * CHANNELS, 0)
            .apply(scope.child("embedding"), level, Condition.none());
    Operand<TFloat32> hidden =
        new Convolution(3, 1, CHANNELS, Initializer.fanAverageUniform(1), Precision.FLOAT32)
            .apply(scope.child("input"), InputScale.of(tf, x, level, dataStandardDeviation).x());
    for (int i = 0; i < GROUPS; i++) {
      if (i > 0) {
        hidden = new NearestResampling().down(tf, hidden);
      }
      var group = scope.child("group" + i);
      for (int j = 0; j < blocks; j++) {
        hidden =
            new ResidualBlock(CHANNELS * widening << i, dropout)
                .apply(group.child("block" + j), hidden, embedding);
      }
    }
    return ClassHead.logits(scope.child("output"), hidden, classes);
  }
}
