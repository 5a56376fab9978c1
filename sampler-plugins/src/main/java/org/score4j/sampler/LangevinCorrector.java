package org.score4j.sampler;

import java.util.stream.IntStream;
import org.score4j.api.Corrector;
import org.score4j.api.PluginName;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Langevin dynamics at one noise level, with a step chosen for a given signal-to-noise ratio (Song
 * et al. 2021, algorithms 4 and 5):
 *
 * <pre>
 *   repeat:
 *     z ~ N(0, I)
 *     e = 2 a (snr |z| / |score(x, t)|)^2
 *     x = x + e score(x, t) + sqrt(2 e) z
 * </pre>
 *
 * <p>The norm {@code |.|} is the mean over the batch of each example's Euclidean norm, as in the
 * paper's code: here, and only here, a sample depends on the batch it is drawn in. The factor is
 * {@code a = alpha_ts^2} of the exact transition to {@code t} from the next time {@code s} of the
 * grid: {@code 1 - beta_i} of the paper for a variance-preserving SDE, 1 for a variance-exploding
 * one, and defined for every other.
 *
 * @param snr the ratio, above 0: 0.16 for CIFAR-10, 0.075 for images of 256 pixels, 0.15 of 1024
 * @param steps number of Langevin steps at each time, 1 or more
 */
@PluginName("langevin")
public record LangevinCorrector(double snr, int steps) implements Corrector {

  /** One step at a ratio of 0.16. */
  public LangevinCorrector() {
    this(0.16, 1);
  }

  /** Checks the components. */
  public LangevinCorrector {
    Validation.begin().positive("snr", snr).count("steps", steps, 1).end();
  }

  @Override
  public Step build(SamplerGraph graph) {
    var tf = graph.tf();
    var x = graph.state();
    var level = graph.level("t");
    var factor = graph.scalar("factor");

    var score = graph.at(x, level).score();
    var noise = graph.noise();
    var ratio = tf.math.div(norm(tf, noise), norm(tf, score));
    var e = tf.math.mul(factor.value(), tf.math.square(ratio));
    var mean = tf.math.add(x.value(), tf.math.mul(e, score));
    var spread = tf.math.sqrt(tf.math.mul(tf.constant(2f), e));
    var step = graph.kernel("langevin", x.set(tf.math.add(mean, tf.math.mul(spread, noise))));

    Sde sde = graph.sde();
    return (t, s) -> {
      double alpha = sde.transition(s, t).alpha();
      for (int i = 0; i < steps; i++) {
        step.run(level.at(t), factor.is(2 * alpha * alpha * snr * snr));
      }
    };
  }

  /** Mean over the batch of the norms of the examples: [B, ...] to []. */
  private static Operand<TFloat32> norm(Ops tf, Operand<TFloat32> batch) {
    int[] axes = IntStream.range(1, batch.shape().numDimensions()).toArray();
    var squares = tf.reduceSum(tf.math.square(batch), tf.constant(axes));
    return tf.math.mean(tf.math.sqrt(squares), tf.constant(0));
  }
}
