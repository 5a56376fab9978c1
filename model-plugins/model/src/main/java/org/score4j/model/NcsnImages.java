package org.score4j.model;

import java.util.List;
import org.score4j.api.LevelTensors;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What the networks of the NCSN papers have in common ahead of {@link RefineNet}: they are told x_0
 * + sigma z, whatever the forward process, with clean pixels in [-1, 1].
 *
 * @param channels of the first stage
 * @param multipliers factor of {@code channels} in each stage
 * @param centered whether clean pixels lie in [-1, 1] already, rather than in [0, 1]
 */
record NcsnImages(int channels, List<Integer> multipliers, boolean centered) {

  /** The rules the components must keep. */
  Validation rules() {
    return UnetShape.widths(channels, 2, multipliers, 3);
  }

  /** Channels of each stage. */
  List<Integer> widths() {
    return multipliers.stream().map(m -> m * channels).toList();
  }

  /**
   * The network's input for noised data x [B, H, W, C].
   *
   * @param type the model's name
   */
  Operand<TFloat32> input(Ops tf, Operand<TFloat32> x, LevelTensors level, String type) {
    Validation.begin()
        .rule(
            x.shape().numDimensions() == 4,
            "type",
            type,
            "must be a model for points where data have shape " + x.shape().tail())
        .end();
    var plain = tf.math.div(x, LevelTensors.align(tf, level.alpha(), x));
    return centered ? plain : tf.math.sub(tf.math.mul(plain, tf.constant(2f)), tf.constant(1f));
  }
}
