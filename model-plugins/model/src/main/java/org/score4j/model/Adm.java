package org.score4j.model;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.UnaryOperator;
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
import org.tensorflow.types.TFloat64;

/**
 * The ADM network (Dhariwal and Nichol 2021, section 3), as Karras et al. 2022 (appendix F.2) train
 * it: it is told c_noise = ln(sigma / alpha) / 4, and is meant to stand inside {@link
 * EdmPreconditioned}, which scales its input and output.
 *
 * <pre>
 *   input:   conv3x3 to {@code channels}
 *   down i:  halving block; {@code blocks} blocks of channels * multipliers[i], with attention
 *   middle:  block with attention, block
 *   up i:    {@code blocks + 1} blocks, each with the matching output of the way down alongside its
 *            input, with attention; doubling block
 *   output:  norm, swish, conv3x3 that starts at zero
 * </pre>
 *
 * <p>The embedding of c_noise and the class scales and shifts what each block has normalised.
 *
 * @param channels C at full resolution, at least 4; the embedding has 4 times as many
 * @param multipliers factor of {@code channels} at each resolution; each one after the first halves
 *     height and width, which must therefore be even until then
 * @param blocks residual blocks at each resolution
 * @param attention heights, of those the network has, at which pixels attend to each other
 * @param headChannels channels of an attention head; divides those at each such height and in the
 *     middle
 * @param dropout in residual blocks, from 0 to below 1
 * @param classes number of classes the model is told; 0 for none
 * @param prediction what the output stands for, where this network stands alone
 * @param learnedVariance whether it also tells where the variance of a reverse step lies
 */
@PluginName("adm")
public record Adm(
    int channels,
    List<Integer> multipliers,
    int blocks,
    List<Integer> attention,
    int headChannels,
    double dropout,
    int classes,
    Prediction prediction,
    boolean learnedVariance)
    implements ScoreModel {

  private static final int MOST_HEADS = 4096;
  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);
  private static final GroupNorm NORM = new GroupNorm(4, 1e-5);
  private static final Resampling RESAMPLING = new NearestResampling();

  /** Checks the components. */
  public Adm {
    multipliers = List.copyOf(multipliers);
    attention = List.copyOf(attention);
    UnetShape.widths(channels, 4, multipliers, 1)
        .count("blocks", blocks, 1)
        .count("headChannels", headChannels, 1)
        .rule(dropout >= 0 && dropout < 1, "dropout", dropout, "must lie in [0, 1)")
        .count("classes", classes, 0)
        .end();
  }

  /** The network of ImageNet at 64 x 64 pixels, without its classes: 295 M parameters. */
  public Adm() {
    this(192, List.of(1, 2, 3, 4), 3, List.of(32, 16, 8), 64, 0.1, 0, Prediction.NOISE, false);
  }

  @Override
  public boolean conditional() {
    return classes > 0;
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    check(x.shape());
    var tf = scope.tf();
    int levels = multipliers.size();
    var embedding = embedding(scope.child("embedding"), level, condition);
    // The first and the last convolution are cheap, and rounding there would show in the samples.
    Operand<TFloat32> h =
        new Convolution(3, 1, channels, FAN_AVERAGE, Precision.FLOAT32)
            .apply(scope.child("input"), x);
    var skips = new ArrayDeque<Operand<TFloat32>>();
    skips.push(h);
    for (int i = 0; i < levels; i++) {
      var down = scope.child("down" + i);
      if (i > 0) {
        h = block(i - 1).apply(down.child("downsample"), h, embedding, y -> RESAMPLING.down(tf, y));
        skips.push(h);
      }
      for (int j = 0; j < blocks; j++) {
        h = attended(down, j, plain(down.child("block" + j), block(i), h, embedding));
        skips.push(h);
      }
    }

    var middle = scope.child("middle");
    h = attention(middle, 0, plain(middle.child("block0"), block(levels - 1), h, embedding));
    h = plain(middle.child("block1"), block(levels - 1), h, embedding);

    for (int i = levels - 1; i >= 0; i--) {
      var up = scope.child("up" + i);
      for (int j = 0; j <= blocks; j++) {
        var both = tf.concat(List.of(h, skips.pop()), tf.constant(3));
        h = attended(up, j, plain(up.child("block" + j), block(i), both, embedding));
      }
      if (i > 0) {
        h = block(i).apply(up.child("upsample"), h, embedding, y -> RESAMPLING.up(tf, y));
      }
    }
    var output = scope.child("output");
    var normal = Activation.SWISH.apply(scope, NORM.apply(output.child("norm"), h));
    int outputs = (int) x.shape().get(3) * (learnedVariance ? 2 : 1);
    return new Convolution(3, 1, outputs, Initializer.zeros(), Precision.FLOAT32)
        .apply(output.child("conv"), normal);
  }

  private Operand<TFloat32> embedding(ModelScope scope, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    var ratio =
        tf.math.div(
            tf.dtypes.cast(level.sigma(), TFloat64.class),
            tf.dtypes.cast(level.alpha(), TFloat64.class));
    var label = tf.math.mul(tf.math.log(ratio), tf.constant(0.25));
    int half = channels / 2;
    double[][] frequencies = new double[1][half];
    for (int i = 0; i < half; i++) {
      frequencies[0][i] = Math.pow(1e-4, (double) i / half);
    }
    var angles =
        tf.math.mul(tf.reshape(label, tf.constant(new int[] {-1, 1})), tf.constant(frequencies));
    var encoding =
        tf.dtypes.cast(
            tf.concat(List.of(tf.math.cos(angles), tf.math.sin(angles)), tf.constant(1)),
            TFloat32.class);
    var dense = new Dense(4 * channels, FAN_AVERAGE, Precision.FLOAT32);
    var hidden = Activation.SWISH.apply(scope, dense.apply(scope.child("dense0"), encoding));
    return Activation.SWISH.apply(
        scope,
        new ClassEmbedding(classes)
            .addedTo(scope, dense.apply(scope.child("dense1"), hidden), condition));
  }

  /** Holds the components against the data's shape [B, H, W, C]. */
  private void check(Shape shape) {
    UnetShape.check("adm", multipliers, attention, shape);
    var check = Validation.begin();
    for (int i = 0; i < multipliers.size(); i++) {
      boolean attends = i == multipliers.size() - 1 || attention.contains((int) shape.get(1) >> i);
      int width = channels * multipliers.get(i);
      check.rule(
          !attends || width % headChannels == 0,
          "headChannels",
          headChannels,
          "must divide the " + width + " channels at height " + ((int) shape.get(1) >> i));
      check.rule(
          !attends || width / headChannels <= MOST_HEADS,
          "headChannels",
          headChannels,
          "must leave at most " + MOST_HEADS + " heads of " + width + " channels");
    }
    check.end();
  }

  private AdaptiveBlock block(int level) {
    return new AdaptiveBlock(channels * multipliers.get(level), new Dropout(dropout), NORM);
  }

  private static Operand<TFloat32> plain(
      ModelScope scope, AdaptiveBlock block, Operand<TFloat32> h, Operand<TFloat32> embedding) {
    return block.apply(scope, h, embedding, UnaryOperator.identity());
  }

  private Operand<TFloat32> attended(ModelScope scope, int number, Operand<TFloat32> h) {
    return attention.contains((int) h.shape().get(1)) ? attention(scope, number, h) : h;
  }

  private Operand<TFloat32> attention(ModelScope scope, int number, Operand<TFloat32> h) {
    int heads = (int) h.shape().get(3) / headChannels;
    return new Attention(heads, NORM, FAN_AVERAGE, ResidualSum.PLAIN)
        .apply(scope.child("attention" + number), h);
  }
}
