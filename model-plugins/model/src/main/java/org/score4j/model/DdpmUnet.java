package org.score4j.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The U-Net of DDPM, weight for weight (Ho et al. 2020, appendix B). Its output is net(x, label),
 * divided by sigma if {@code scaleBySigma}. As published it predicts the noise of centred data. The
 * default label serves any forward process; the presets have those of their processes.
 *
 * @param channels C at full resolution, at least 4
 * @param multipliers factor of {@code channels} at each resolution
 * @param blocks residual blocks at each resolution
 * @param attention heights, of those the network has, at which pixels attend to each other; in the
 *     middle they do so always
 * @param attentionAfterEveryBlock whether, at those heights, attention follows every block on the
 *     way up as it does on the way down (Ho et al. 2020), rather than the last alone (Song et al.
 *     2021)
 * @param dropout in residual blocks, from 0 to below 1
 * @param activation between layers; {@code swish} as published
 * @param groupSize fewest channels that are normalised together, where 32 groups would leave fewer.
 *     The published code has 1, the same for 128 channels; but a channel normalised alone forgets
 *     what the embedding added to it, and so the noise level and the class
 * @param resampleWithConvolution whether there is a convolution where images are doubled or halved
 * @param label {@code log-snr}, {@code time} (999 t), {@code step} (t - 1), or {@code level}
 * @param sigmaMin smallest of the levels that {@code level} numbers
 * @param sigmaMax largest of them
 * @param levels how many there are
 * @param scaleBySigma whether the output is divided by sigma
 * @param centered whether data lie in [-1, 1]; if not, x becomes 2 x - 1 first
 * @param classes number of classes the model is told; 0 for none
 * @param prediction what the output stands for
 */
@PluginName("ddpm-unet")
@Presets(DdpmUnetPreset.class)
public record DdpmUnet(
    int channels,
    List<Integer> multipliers,
    int blocks,
    List<Integer> attention,
    boolean attentionAfterEveryBlock,
    double dropout,
    Activation activation,
    int groupSize,
    boolean resampleWithConvolution,
    NoiseLabel label,
    double sigmaMin,
    double sigmaMax,
    int levels,
    boolean scaleBySigma,
    boolean centered,
    int classes,
    Prediction prediction)
    implements ScoreModel, ReferenceWeights, DiffusersWeights {

  /** Checks the components. */
  public DdpmUnet {
    multipliers = List.copyOf(multipliers);
    attention = List.copyOf(attention);
    Validation.begin().count("groupSize", groupSize, 1).end();
    new NcsnPlusPlus(
        channels,
        multipliers,
        blocks,
        attention,
        dropout,
        activation,
        BlockType.DDPM,
        resampleWithConvolution,
        List.of(),
        false,
        ProgressiveOutput.NONE,
        ProgressiveInput.NONE,
        ProgressiveCombine.SUM,
        LabelEncoding.POSITIONAL,
        16,
        label,
        sigmaMin,
        sigmaMax,
        levels,
        scaleBySigma,
        centered,
        classes,
        prediction);
  }

  /** The preset {@code cifar10-continuous}, but for any forward process. */
  public DdpmUnet() {
    this(
        128,
        List.of(1, 2, 2, 2),
        2,
        List.of(16),
        false,
        0.1,
        Activation.SWISH,
        4,
        true,
        NoiseLabel.LOG_SNR,
        0.01,
        50,
        1000,
        false,
        true,
        0,
        Prediction.NOISE);
  }

  @Override
  public boolean conditional() {
    return classes > 0;
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    return network().apply(scope, x, level, condition, "ddpm-unet", unet());
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
  public Map<String, String> authorsValues(Sde sde) {
    Map<String, String> values =
        new LinkedHashMap<>(AuthorsCode.values(network(), sde, groupSize, true));
    if (attentionAfterEveryBlock && !attention.isEmpty()) {
      values.put("attentionAfterEveryBlock", "false");
    }
    return values;
  }

  @Override
  public List<Double> noiseLevels() {
    return AuthorsCode.levels(network());
  }

  @Override
  public DdpmUnet essence() {
    NcsnPlusPlus network = network().essence();
    boolean groups =
        multipliers.stream()
            .allMatch(m -> m * channels % 32 == 0 && m * channels / groupSize >= 32);
    return new DdpmUnet(
        channels,
        multipliers,
        blocks,
        attention,
        attentionAfterEveryBlock,
        0,
        activation,
        groups ? 1 : groupSize,
        resampleWithConvolution,
        label,
        network.sigmaMin(),
        network.sigmaMax(),
        network.levels(),
        scaleBySigma,
        centered,
        classes,
        prediction);
  }

  private ScoreUnet unet() {
    return new ScoreUnet(network(), new GroupNorm(groupSize), attentionAfterEveryBlock);
  }

  private NcsnPlusPlus network() {
    return new NcsnPlusPlus(
        channels,
        multipliers,
        blocks,
        attention,
        dropout,
        activation,
        BlockType.DDPM,
        resampleWithConvolution,
        List.of(),
        false,
        ProgressiveOutput.NONE,
        ProgressiveInput.NONE,
        ProgressiveCombine.SUM,
        LabelEncoding.POSITIONAL,
        16,
        label,
        sigmaMin,
        sigmaMax,
        levels,
        scaleBySigma,
        centered,
        classes,
        prediction);
  }
}
