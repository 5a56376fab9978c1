package org.score4j.model;

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
 * The network of Song and Ermon 2020 ("Improved techniques for training score-based generative
 * models", appendix B) for images x [B, H, W, C]:
 *
 * <pre>  score = F(x / alpha) / sigma.</pre>
 *
 * <p>F is a {@link RefineNet} with max pools, InstanceNorm++ in its residual blocks and none in its
 * refining ones. It is not told the noise level: by the paper's technique 3 the score scales as 1 /
 * sigma, and F sees the noise in x. Any sigma serves, so there is no ladder. The paper's process is
 * variance-exploding, with alpha = 1. Classes are not told.
 *
 * <p>The published networks differ in their stages; they are the presets.
 *
 * @param channels of the first stage, at least 2
 * @param multipliers factor of {@code channels} in each stage, three or more; the last two stages
 *     are dilated by 2 and 4, those between them and the first halve the image
 * @param activation between layers
 * @param centered whether clean pixels lie in [-1, 1]; otherwise in [0, 1], as in the paper, and F
 *     sees 2 x / alpha - 1
 * @param normalization in the residual blocks and ahead of the output; {@code instance-norm-plus}
 *     as published
 * @param outputEpsilon what {@code instance-norm} adds to the variance ahead of the output, 1e-5 in
 *     the blocks; the authors' code has their number of noise levels there, which it hands over in
 *     place of it. Other normalizations do not have it
 */
@PluginName("ncsn-v2")
@Presets(NcsnV2Preset.class)
public record NcsnV2(
    int channels,
    List<Integer> multipliers,
    Activation activation,
    boolean centered,
    NcsnNormalization normalization,
    double outputEpsilon)
    implements ScoreModel, ReferenceWeights {

  private static final double EPSILON = 1e-5;

  /** Checks the components. */
  public NcsnV2 {
    multipliers = List.copyOf(multipliers);
    new NcsnImages(channels, multipliers, centered)
        .rules()
        .positive("outputEpsilon", outputEpsilon)
        .end();
  }

  /** With the published normalization. */
  public NcsnV2(int channels, List<Integer> multipliers, Activation activation, boolean centered) {
    this(
        channels, multipliers, activation, centered, NcsnNormalization.INSTANCE_NORM_PLUS, EPSILON);
  }

  /** The paper's network for images below 96 pixels: 128 channels. */
  public NcsnV2() {
    this(128, List.of(1, 2, 2, 2), Activation.ELU, false);
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    var images = new NcsnImages(channels, multipliers, centered);
    var input = images.input(tf, x, level, "ncsn-v2");
    var output =
        new RefineNet(
                images.widths(),
                normalization.with(EPSILON),
                normalization.with(outputEpsilon),
                Normalization.none(),
                Pooling.MAX,
                activation)
            .apply(scope, input);
    return tf.math.div(output, LevelTensors.align(tf, level.sigma(), x));
  }

  @Override
  public Prediction prediction() {
    return Prediction.SCORE;
  }

  @Override
  public boolean conditional() {
    return false;
  }

  @Override
  public List<ReferenceWeight> referenceWeights(int height) {
    return NcsnReference.of(multipliers.size(), normalization);
  }

  @Override
  public Map<String, String> authorsValues(Sde sde) {
    Map<String, String> values = NcsnReference.authorsValues(multipliers, activation);
    if (normalization == NcsnNormalization.INSTANCE_NORM && outputEpsilon == EPSILON) {
      values.put("outputEpsilon", "the number of its noise levels");
    }
    return values;
  }
}
