package org.score4j.model;

import java.util.List;
import java.util.stream.IntStream;
import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An energy-based model: the score is the gradient of a scalar,
 *
 * <pre>  score = -grad_x E(x, level),</pre>
 *
 * <p>so that exp(-E) is a density up to a factor for each level, which any network's own output,
 * having curl, is not (Salimans and Ho 2021). E is made of any network's predicted noise e(x) = (x
 * - alpha D(x)) / sigma by one of two published forms.
 *
 * <p>An evaluation costs about three of the network, and a training step, which takes gradients of
 * gradients, somewhat more than that. Inside {@link EdmPreconditioned} the field is a gradient
 * still.
 *
 * @param network whose parameters keep the names they have without this wrapper
 * @param form of the energy
 */
@PluginName("energy")
public record Energy(ScoreModel network, EnergyForm form) implements ScoreModel {

  /** The inner product with an {@link Mlp}. */
  public Energy() {
    this(new Mlp(), EnergyForm.INNER_PRODUCT);
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    var energy = energy(scope, x, level, condition);
    // Examples do not see each other, so the gradient of the sum holds each one's own.
    var gradient = tf.gradients(energy, List.of(x)).<TFloat32>dy(0);
    return tf.math.mul(LevelTensors.align(tf, level.sigma(), x), gradient);
  }

  /** sigma grad_x E = -sigma score. */
  @Override
  public Prediction prediction() {
    return Prediction.NOISE;
  }

  @Override
  public boolean conditional() {
    return network.conditional();
  }

  /** E of each example [B], up to a number for each level. */
  public Operand<TFloat32> energy(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    var noise =
        network
            .prediction()
            .field(tf, (at, noisy) -> network.apply(scope, at, noisy, condition))
            .noise(x, level);
    var axes = IntStream.range(1, x.shape().numDimensions()).toArray();
    return tf.reduceSum(
        form.density(tf, x, noise, LevelTensors.align(tf, level.sigma(), x)), tf.constant(axes));
  }
}
