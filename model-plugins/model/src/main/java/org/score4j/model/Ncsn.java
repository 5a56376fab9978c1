package org.score4j.model;

import java.util.List;
import java.util.Map;
import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Prediction;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeights;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The noise-conditional score network of Song and Ermon 2019 ("Generative modeling by estimating
 * gradients of the data distribution", appendix A) for images x [B, H, W, C]:
 *
 * <pre>
 *   score = F(x / alpha, i) / alpha,    i the level nearest to sigma / alpha on the ladder
 *   sigma_i = sigmaMax (sigmaMin / sigmaMax)^(i / (levels - 1)),    i = 0 ... levels - 1.
 * </pre>
 *
 * <p>F is a {@link RefineNet} with average pools, whose every normalisation has its own gamma,
 * alpha and beta for each of the ladder's levels; between two levels the nearest in the logarithm
 * serves. The paper's process is variance-exploding, with alpha = 1. Classes are not told.
 *
 * @param channels of the first stage, at least 2
 * @param multipliers factor of {@code channels} in each stage, three or more; the last two stages
 *     are dilated by 2 and 4, those between them and the first halve the image
 * @param activation between layers
 * @param centered whether clean pixels lie in [-1, 1]; otherwise in [0, 1], as in the paper, and F
 *     sees 2 x / alpha - 1
 * @param sigmaMin the ladder's smallest level, above 0
 * @param sigmaMax its largest
 * @param levels how many it has, at least 2
 */
@PluginName("ncsn")
public record Ncsn(
    int channels,
    List<Integer> multipliers,
    Activation activation,
    boolean centered,
    double sigmaMin,
    double sigmaMax,
    int levels)
    implements ScoreModel, ReferenceWeights {

  /** Checks the components. */
  public Ncsn {
    multipliers = List.copyOf(multipliers);
    new NcsnImages(channels, multipliers, centered)
        .rules()
        .positive("sigmaMin", sigmaMin)
        .rule(
            sigmaMax > sigmaMin && Double.isFinite(sigmaMax),
            "sigmaMax",
            sigmaMax,
            "must exceed sigmaMin (" + sigmaMin + ")")
        .count("levels", levels, 2)
        .end();
  }

  /** The paper's network for CIFAR-10: 128 channels, ten levels from 1 to 0.01. */
  public Ncsn() {
    this(128, List.of(1, 2, 2, 2), Activation.ELU, false, 0.01, 1, 10);
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    var images = new NcsnImages(channels, multipliers, centered);
    var input = images.input(tf, x, level, "ncsn");
    var sigma = tf.math.div(level.sigma(), level.alpha());
    var number = new NoiseLadder(sigmaMin, sigmaMax, levels).nearest(tf, sigma);
    var chosen = tf.oneHot(number, tf.constant(levels), tf.constant(1f), tf.constant(0f));
    var norm = new ConditionalInstanceNormPlus(chosen);
    var output =
        new RefineNet(images.widths(), norm, norm, norm, Pooling.AVERAGE, activation)
            .apply(scope, input);
    return tf.math.div(output, LevelTensors.align(tf, level.alpha(), x));
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
    return NcsnReference.conditional(multipliers.size());
  }

  @Override
  public Map<String, String> authorsValues(Sde sde) {
    return NcsnReference.authorsValues(multipliers, activation);
  }

  @Override
  public List<Double> noiseLevels() {
    return new NoiseLadder(sigmaMin, sigmaMax, levels).levelsDown();
  }
}
