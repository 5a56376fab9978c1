package org.score4j.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.score4j.api.Condition;
import org.score4j.api.DiffusersWeights;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Prediction;
import org.score4j.api.Presets;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeights;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * NCSN++ (Song et al. 2021, section 4.4 and appendix H), for images x [B, H, W, C]: a U-Net of
 * residual blocks with, each at choice, anti-aliased resampling, shortcuts rescaled to unit
 * variance, and progressive input and output. Its output is
 *
 * <pre>
 *   net(x, label) / sigma if {@code scaleBySigma}, else net(x, label),
 * </pre>
 *
 * and is taken for {@code prediction}. With the weights that the authors published the score is
 * theirs: for variance-exploding processes score = output, label = sigma (continuous) or the number
 * of the level; for variance-preserving ones score = -output / sigma, which is NOISE, label = 999 t
 * (continuous) or the number of the step.
 *
 * @param channels C at full resolution, at least 4; the embedding has 4 times as many
 * @param multipliers factor of {@code channels} at each resolution; each one after the first halves
 *     height and width, which must therefore be even until then
 * @param blocks residual blocks at each resolution
 * @param attention heights, of those the network has, at which pixels attend to each other; in the
 *     middle they do so always
 * @param dropout in residual blocks, from 0 to below 1
 * @param activation between layers; {@code swish} as published
 * @param residualBlock {@code ddpm} or {@code biggan}
 * @param resampleWithConvolution whether there is a convolution where {@code ddpm} blocks are
 *     doubled or halved; {@code biggan} blocks do that themselves
 * @param fir taps of the filter for doubling and halving, proportional to one axis of it, 1, 3, 3,
 *     1 as published; empty for nearest neighbours and means of four
 * @param skipRescale whether sums of two branches are divided by sqrt(2)
 * @param progressive how the output grows
 * @param progressiveInput how smaller versions of the input enter
 * @param progressiveCombine how they are joined with {@code input-skip}
 * @param embedding how the label becomes sinusoids: {@code fourier} takes labels {@code sigma} and
 *     {@code time}, {@code positional} all but {@code sigma}
 * @param fourierScale standard deviation of Fourier frequencies
 * @param label the number by which the network knows a noise level
 * @param sigmaMin smallest of the levels that {@code level} numbers
 * @param sigmaMax largest of them
 * @param levels how many there are
 * @param scaleBySigma whether the output is divided by sigma, as the score is where noise is strong
 * @param centered whether data lie in [-1, 1]; if not, x becomes 2 x - 1 first
 * @param classes number of classes the model is told; 0 for none
 * @param prediction what the output stands for
 * @param noiseConditional whether the blocks are told the noise level; if not, they have no
 *     embedding, and only {@code scaleBySigma} knows of it
 */
@PluginName("ncsn++")
@Presets(NcsnPlusPlusPreset.class)
public record NcsnPlusPlus(
    int channels,
    List<Integer> multipliers,
    int blocks,
    List<Integer> attention,
    double dropout,
    Activation activation,
    BlockType residualBlock,
    boolean resampleWithConvolution,
    List<Double> fir,
    boolean skipRescale,
    ProgressiveOutput progressive,
    ProgressiveInput progressiveInput,
    ProgressiveCombine progressiveCombine,
    LabelEncoding embedding,
    double fourierScale,
    NoiseLabel label,
    double sigmaMin,
    double sigmaMax,
    int levels,
    boolean scaleBySigma,
    boolean centered,
    int classes,
    Prediction prediction,
    boolean noiseConditional)
    implements ScoreModel, ReferenceWeights, DiffusersWeights {

  /** Checks the components. */
  public NcsnPlusPlus {
    multipliers = List.copyOf(multipliers);
    attention = List.copyOf(attention);
    fir = List.copyOf(fir);
    UnetShape.widths(channels, 4, multipliers, 1)
        .count("blocks", blocks, 1)
        .rule(dropout >= 0 && dropout < 1, "dropout", dropout, "must lie in [0, 1)")
        .rule(
            fir.isEmpty()
                || fir.size() >= 2
                    && fir.stream().allMatch(Double::isFinite)
                    && fir.stream().mapToDouble(Double::doubleValue).sum() > 0,
            "fir",
            fir,
            "must be empty, or two numbers or more whose sum is above 0")
        .positive("fourierScale", fourierScale)
        .rule(
            embedding == LabelEncoding.FOURIER
                ? label == NoiseLabel.SIGMA || label == NoiseLabel.TIME
                : label != NoiseLabel.SIGMA,
            "label",
            label,
            embedding == LabelEncoding.FOURIER
                ? "must be sigma or time, of which embedding fourier can take the logarithm"
                : "must be time, step, level or log-snr with embedding positional")
        .positive("sigmaMin", sigmaMin)
        .rule(sigmaMax > sigmaMin, "sigmaMax", sigmaMax, "must exceed sigmaMin")
        .count("levels", levels, 2)
        .count("classes", classes, 0)
        .rule(
            noiseConditional || classes == 0,
            "classes",
            classes,
            "must be 0 with noiseConditional false: classes are told as noise levels are")
        .end();
  }

  /** A network that is told the noise level. */
  public NcsnPlusPlus(
      int channels,
      List<Integer> multipliers,
      int blocks,
      List<Integer> attention,
      double dropout,
      Activation activation,
      BlockType residualBlock,
      boolean resampleWithConvolution,
      List<Double> fir,
      boolean skipRescale,
      ProgressiveOutput progressive,
      ProgressiveInput progressiveInput,
      ProgressiveCombine progressiveCombine,
      LabelEncoding embedding,
      double fourierScale,
      NoiseLabel label,
      double sigmaMin,
      double sigmaMax,
      int levels,
      boolean scaleBySigma,
      boolean centered,
      int classes,
      Prediction prediction) {
    this(
        channels,
        multipliers,
        blocks,
        attention,
        dropout,
        activation,
        residualBlock,
        resampleWithConvolution,
        fir,
        skipRescale,
        progressive,
        progressiveInput,
        progressiveCombine,
        embedding,
        fourierScale,
        label,
        sigmaMin,
        sigmaMax,
        levels,
        scaleBySigma,
        centered,
        classes,
        prediction,
        true);
  }

  /** The preset {@code cifar10-continuous}. */
  public NcsnPlusPlus() {
    this(
        128,
        List.of(1, 2, 2, 2),
        4,
        List.of(16),
        0.1,
        Activation.SWISH,
        BlockType.BIGGAN,
        true,
        List.of(1.0, 3.0, 3.0, 1.0),
        true,
        ProgressiveOutput.NONE,
        ProgressiveInput.RESIDUAL,
        ProgressiveCombine.SUM,
        LabelEncoding.FOURIER,
        16,
        NoiseLabel.SIGMA,
        0.01,
        50,
        1000,
        true,
        false,
        0,
        Prediction.SCORE);
  }

  @Override
  public boolean conditional() {
    return classes > 0;
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    return apply(scope, x, level, condition, "ncsn++", unet());
  }

  @Override
  public List<ReferenceWeight> referenceWeights(int height) {
    return ScoreUnetReference.of(unet(), height);
  }

  @Override
  public List<ReferenceWeight> diffusersWeights(int height) {
    return DiffusersNames.of(unet(), height);
  }

  @Override
  public Set<String> unusedReferences(int height) {
    return ScoreUnetReference.unused(unet(), height);
  }

  @Override
  public Map<String, String> authorsValues(Sde sde) {
    return AuthorsCode.values(this, sde, 4, false);
  }

  @Override
  public List<Double> noiseLevels() {
    return AuthorsCode.levels(this);
  }

  @Override
  public NcsnPlusPlus essence() {
    boolean numbered = label == NoiseLabel.LEVEL;
    return new NcsnPlusPlus(
        channels,
        multipliers,
        blocks,
        attention,
        0,
        activation,
        residualBlock,
        residualBlock == BlockType.BIGGAN || resampleWithConvolution,
        fir,
        skipRescale,
        progressive,
        progressiveInput,
        progressiveInput == ProgressiveInput.INPUT_SKIP
            ? progressiveCombine
            : ProgressiveCombine.SUM,
        embedding,
        16,
        label,
        numbered ? sigmaMin : 0.01,
        numbered ? sigmaMax : 50,
        numbered ? levels : 1000,
        scaleBySigma,
        centered,
        classes,
        prediction,
        noiseConditional);
  }

  /** The U-Net inside, with NCSN++'s own norm. */
  ScoreUnet unet() {
    return new ScoreUnet(this, new GroupNorm(), false);
  }

  /** The network on behalf of a plugin that is a special case of it. */
  Operand<TFloat32> apply(
      ModelScope scope,
      Operand<TFloat32> x,
      LevelTensors level,
      Condition condition,
      String plugin,
      ScoreUnet unet) {
    UnetShape.check(plugin, multipliers, attention, x.shape());
    var tf = scope.tf();
    var ladder = new NoiseLadder(sigmaMin, sigmaMax, levels);
    var image = centered ? x : tf.math.sub(tf.math.mul(x, tf.constant(2f)), tf.constant(1f));
    var shift =
        noiseConditional
            ? LevelShift.by(embedding(scope, label.of(tf, level, ladder), condition))
            : LevelShift.none();
    var output = unet.apply(scope, image, shift);
    return scaleBySigma
        ? tf.math.div(output, LevelTensors.align(tf, label.sigma(tf, level, ladder), x))
        : output;
  }

  private Operand<TFloat32> embedding(
      ModelScope scope, Operand<TFloat64> number, Condition condition) {
    return new LabelEmbedding(embedding, fourierScale, channels, classes, activation)
        .apply(scope.child("embedding"), number, condition);
  }
}
