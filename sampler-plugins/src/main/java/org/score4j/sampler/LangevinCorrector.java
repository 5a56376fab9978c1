package org.score4j.sampler;

import java.util.stream.IntStream;
import org.score4j.api.Corrector;
import org.score4j.api.PluginName;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.score4j.api.Validation;

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
    var x = graph.state();
    var level = graph.level("t");
    var factor = graph.scalar("factor");

    var score = graph.at(x, level).score();
    var noise = graph.noise();
    var e = factor.times(norm(noise).over(norm(score)).squared());
    var mean = x.plus(score.times(e));
    var step = graph.kernel("langevin", x.set(mean.plus(noise.times(e.times(2).root()))));

    Sde sde = graph.sde();
    return (t, s) -> {
      double alpha = sde.transition(s, t).alpha();
      for (int i = 0; i < steps; i++) {
        step.run(level.at(t), factor.is(2 * alpha * alpha * snr * snr));
      }
    };
  }

  /** Mean over the batch of the norms of the examples: [B, ...] to []. */
  private static Term norm(Term batch) {
    var tf = batch.tf();
    int[] axes = IntStream.range(1, batch.shape().numDimensions()).toArray();
    var squares = Term.of(tf, tf.reduceSum(batch.squared(), tf.constant(axes)));
    return Term.of(tf, tf.math.mean(squares.root(), tf.constant(0)));
  }
}
