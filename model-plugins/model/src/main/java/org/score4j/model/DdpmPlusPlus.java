package org.score4j.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.score4j.api.Condition;
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

/**
 * DDPM++ (Song et al. 2021, section 4.4): {@link NcsnPlusPlus} with BigGAN blocks, rescaled
 * shortcuts and a positional embedding, without filters or progressive growing. It predicts the
 * noise of centred data; with the published weights, and the label of their preset, the score is
 * the authors'. The default label serves any forward process.
 *
 * @param channels C at full resolution, at least 4
 * @param multipliers factor of {@code channels} at each resolution
 * @param blocks residual blocks at each resolution
 * @param attention heights, of those the network has, at which pixels attend to each other
 * @param dropout in residual blocks, from 0 to below 1
 * @param activation between layers; {@code swish} as published
 * @param label {@code log-snr}, {@code time} (999 t) or {@code step} (t - 1)
 * @param classes number of classes the model is told; 0 for none
 */
@PluginName("ddpm++")
@Presets(DdpmPlusPlusPreset.class)
public record DdpmPlusPlus(
    int channels,
    List<Integer> multipliers,
    int blocks,
    List<Integer> attention,
    double dropout,
    Activation activation,
    NoiseLabel label,
    int classes)
    implements ScoreModel, ReferenceWeights {

  /** Checks the components. */
  public DdpmPlusPlus {
    multipliers = List.copyOf(multipliers);
    attention = List.copyOf(attention);
    network(channels, multipliers, blocks, attention, dropout, activation, label, classes);
  }

  /** The preset {@code cifar10-continuous}, but for any forward process. */
  public DdpmPlusPlus() {
    this(128, List.of(1, 2, 2, 2), 4, List.of(16), 0.1, Activation.SWISH, NoiseLabel.LOG_SNR, 0);
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    var network = network();
    return network.apply(scope, x, level, condition, "ddpm++", network.unet());
  }

  @Override
  public Prediction prediction() {
    return Prediction.NOISE;
  }

  @Override
  public boolean conditional() {
    return classes > 0;
  }

  @Override
  public List<ReferenceWeight> referenceWeights(int height) {
    return network().referenceWeights(height);
  }

  /** What no key of this model says, its type has to. */
  @Override
  public Map<String, String> authorsValues(Sde sde) {
    Map<String, String> values = new LinkedHashMap<>(network().authorsValues(sde));
    if (values.remove("prediction") != null || "\"level\"".equals(values.get("label"))) {
      values.remove("label");
      values.put("type", "\"ncsn++\" for this process");
    }
    return values;
  }

  private NcsnPlusPlus network() {
    return network(channels, multipliers, blocks, attention, dropout, activation, label, classes);
  }

  private static NcsnPlusPlus network(
      int channels,
      List<Integer> multipliers,
      int blocks,
      List<Integer> attention,
      double dropout,
      Activation activation,
      NoiseLabel label,
      int classes) {
    return new NcsnPlusPlus(
        channels,
        multipliers,
        blocks,
        attention,
        dropout,
        activation,
        BlockType.BIGGAN,
        true,
        List.of(),
        true,
        ProgressiveOutput.NONE,
        ProgressiveInput.NONE,
        ProgressiveCombine.SUM,
        LabelEncoding.POSITIONAL,
        16,
        label,
        0.01,
        50,
        1000,
        false,
        true,
        classes,
        Prediction.NOISE);
  }
}
