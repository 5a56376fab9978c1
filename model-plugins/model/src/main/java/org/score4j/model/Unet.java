package org.score4j.model;

import java.util.ArrayDeque;
import java.util.List;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The U-Net of DDPM (Ho et al. 2020, appendix B) for images x [B, H, W, C], told ln(sigma / alpha)
 * so that it serves any forward process, and optionally the class.
 *
 * <pre>
 *   input:   x / sqrt(alpha^2 sd^2 + sigma^2), conv3x3 to {@code channels}
 *   down i:  {@code blocks} residual blocks of channels * multipliers[i], then conv3x3 of stride 2
 *   middle:  residual block, attention, residual block
 *   up i:    {@code blocks + 1} residual blocks, each with the matching output of the way down
 *            alongside its input, then nearest neighbour x 2 and conv3x3 to the
 *            channels of the next (where DDPM changes them a block later, at twice the cost)
 *   output:  norm, swish, conv3x3 that starts at zero
 * </pre>
 *
 * Attention follows every residual block, and the middle has it, where the image's height is one of
 * {@code attention}.
 *
 * <p>The input has unit variance at every noise level, so a variance-exploding process with sigma
 * up to 50 is as easy on the first layer as any other. With NOISE the output has unit variance too.
 * Yet where sigma is far above the data's standard deviation, clean data are a small difference of
 * x and the predicted noise: {@link EdmPreconditioned} around this model predicts them instead, and
 * is the better choice there.
 *
 * @param channels C at full resolution, at least 4; the embedding has 4 times as many
 * @param multipliers factor of {@code channels} at each resolution; each one after the first halves
 *     height and width, which must therefore be even until then
 * @param blocks residual blocks at each resolution
 * @param attention heights, of those the network has, at which pixels attend to each other
 * @param heads number of heads of an attention; divides its channels
 * @param dropout in residual blocks, from 0 to below 1
 * @param dataStandardDeviation sd, of the clean data
 * @param classes number of classes the model is told; 0 for none
 * @param prediction what the output stands for
 */
@PluginName("unet")
public record Unet(
    int channels,
    List<Integer> multipliers,
    int blocks,
    List<Integer> attention,
    int heads,
    double dropout,
    double dataStandardDeviation,
    int classes,
    Prediction prediction)
    implements ScoreModel {

  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);

  /** Checks the components. */
  public Unet {
    multipliers = List.copyOf(multipliers);
    attention = List.copyOf(attention);
    Validation.begin()
        .atLeast("channels", channels, 4)
        .notEmpty("multipliers", multipliers)
        .rule(
            multipliers.stream().allMatch(m -> m >= 1),
            "multipliers",
            multipliers,
            "must be whole numbers from 1 on")
        .atLeast("blocks", blocks, 1)
        .atLeast("heads", heads, 1)
        .rule(dropout >= 0 && dropout < 1, "dropout", dropout, "must lie in [0, 1)")
        .positive("dataStandardDeviation", dataStandardDeviation)
        .atLeast("classes", classes, 0)
        .end();
  }

  /** Three resolutions of 32, 64 and 64 channels without attention, for images in [-1, 1]. */
  public Unet() {
    this(32, List.of(1, 2, 2), 1, List.of(), 1, 0, 0.5, 0, Prediction.NOISE);
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    check(x.shape());
    var tf = scope.tf();
    int levels = multipliers.size();
    var embedding =
        new NoiseEmbedding(channels + channels % 2, 4 * channels, classes)
            .apply(scope.child("embedding"), level, condition);
    // The first and the last convolution are cheap, and rounding there would show in the samples.
    Operand<TFloat32> hidden =
        new Convolution(3, 1, channels, FAN_AVERAGE, Precision.FLOAT32)
            .apply(scope.child("input"), InputScale.of(tf, x, level, dataStandardDeviation).x());

    var skips = new ArrayDeque<Operand<TFloat32>>();
    skips.push(hidden);
    for (int i = 0; i < levels; i++) {
      var down = scope.child("down" + i);
      for (int j = 0; j < blocks; j++) {
        hidden = attended(down, j, block(i).apply(down.child("block" + j), hidden, embedding));
        skips.push(hidden);
      }
      if (i < levels - 1) {
        hidden =
            new Convolution(3, 2, channelsAt(i), FAN_AVERAGE, scope.precision())
                .apply(down.child("downsample"), hidden);
        skips.push(hidden);
      }
    }

    var middle = scope.child("middle");
    hidden =
        attended(middle, 0, block(levels - 1).apply(middle.child("block0"), hidden, embedding));
    hidden = block(levels - 1).apply(middle.child("block1"), hidden, embedding);

    for (int i = levels - 1; i >= 0; i--) {
      var up = scope.child("up" + i);
      for (int j = 0; j <= blocks; j++) {
        var both = tf.concat(List.of(hidden, skips.pop()), tf.constant(3));
        hidden = attended(up, j, block(i).apply(up.child("block" + j), both, embedding));
      }
      if (i > 0) {
        int[] size = {2 * (int) hidden.shape().get(1), 2 * (int) hidden.shape().get(2)};
        var enlarged = tf.image.resizeNearestNeighbor(hidden, tf.constant(size));
        hidden =
            new Convolution(3, 1, channelsAt(i - 1), FAN_AVERAGE, scope.precision())
                .apply(up.child("upsample"), enlarged);
      }
    }

    var output = scope.child("output");
    var normal = new GroupNorm().apply(output.child("norm"), hidden);
    return new Convolution(3, 1, (int) x.shape().get(3), Initializer.zeros(), Precision.FLOAT32)
        .apply(output.child("conv"), Activation.SWISH.apply(tf, normal));
  }

  /** Holds the components against the data's shape [B, H, W, C]. */
  private void check(Shape shape) {
    UnetShape.check("unet", multipliers, attention, shape);
    var check = Validation.begin();
    for (int i = 0; i < multipliers.size(); i++) {
      int height = (int) shape.get(1) >> i;
      check.rule(
          !attention.contains(height) || channelsAt(i) % heads == 0,
          "heads",
          heads,
          "must divide the " + channelsAt(i) + " channels at height " + height);
    }
    check.end();
  }

  private int channelsAt(int level) {
    return channels * multipliers.get(level);
  }

  private ResidualBlock block(int level) {
    return new ResidualBlock(channelsAt(level), dropout);
  }

  private Operand<TFloat32> attended(ModelScope scope, int number, Operand<TFloat32> x) {
    return attention.contains((int) x.shape().get(1))
        ? new Attention(heads).apply(scope.child("attention" + number), x)
        : x;
  }
}
