package org.score4j.model;

import java.util.List;
import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The preconditioning of Karras et al. 2022 (eq. 7, table 1) around any network F, for any forward
 * process: with x' = x / alpha, s = sigma / alpha and sd the data's standard deviation,
 *
 * <pre>
 *   D = c_skip x' + c_out F(c_in x'),    c_skip = sd^2 / (s^2 + sd^2),
 *   c_out = s sd / sqrt(s^2 + sd^2),     c_in = 1 / sqrt(s^2 + sd^2).
 * </pre>
 *
 * <p>F's input and target have unit variance at every noise level; D starts, F being zero, as the
 * best linear denoiser, and its error cannot exceed the scale of the data however large sigma is.
 *
 * <p>With c = 1 / sqrt(alpha^2 sd^2 + sigma^2) all that is {@code D = sd (c alpha sd c x + c sigma
 * F)}, which is how it is computed. F is given c x together with the level (t, c alpha, c sigma),
 * of the same signal-to-noise ratio; a network that scales its input by the same rule, as {@link
 * Mlp} does, finds a factor of 1, and the label {@code log-snr} of the U-Nets stays what it was.
 * What F takes its own output for is ignored.
 *
 * @param network F; its parameters keep the names they have without this wrapper
 * @param dataStandardDeviation sd, of the clean data
 */
@PluginName("edm-preconditioned")
public record EdmPreconditioned(ScoreModel network, double dataStandardDeviation)
    implements ScoreModel {

  /** Checks the components. */
  public EdmPreconditioned {
    Validation.begin().positive("dataStandardDeviation", dataStandardDeviation).end();
  }

  /**
   * DDPM's U-Net of three resolutions, 32, 64 and 64 channels, without dropout or attention but in
   * the middle, for images in [-1, 1].
   */
  public EdmPreconditioned() {
    this(
        new DdpmUnet(
            32,
            List.of(1, 2, 2),
            1,
            List.of(),
            false,
            0,
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
            Prediction.NOISE),
        0.5);
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    var deviation = tf.constant((float) dataStandardDeviation);
    var input = InputScale.of(tf, x, level, dataStandardDeviation);
    var output = network.apply(scope, input.x(), input.level(), condition);
    Validation.begin()
        .rule(
            output.shape().isUnknown() || output.shape().tail().equals(x.shape().tail()),
            "network",
            network,
            "must not have \"learnedVariance\": this predicts denoised data alone")
        .end();
    var signal = tf.math.mul(input.level().alpha(), tf.math.square(deviation));
    var noise = tf.math.mul(input.level().sigma(), deviation);
    return tf.math.add(
        tf.math.mul(LevelTensors.align(tf, signal, x), input.x()),
        tf.math.mul(LevelTensors.align(tf, noise, x), output));
  }

  @Override
  public Prediction prediction() {
    return Prediction.DENOISED;
  }

  @Override
  public boolean conditional() {
    return network.conditional();
  }
}
