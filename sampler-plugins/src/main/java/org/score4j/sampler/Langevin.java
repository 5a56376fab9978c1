package org.score4j.sampler;

import java.util.Optional;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.Validation;

/**
 * Unadjusted Langevin dynamics at one noise level (Song and Ermon 2019, eq. 4, with {@code d} for
 * half its step):
 *
 * <pre>
 *   x ~ prior
 *   repeat:  x = x + d score(x, t) + sqrt(2 d) z,   z ~ N(0, I)
 * </pre>
 *
 * <p>As d goes to 0 and the number of steps times d to infinity, x is drawn from the density of
 * that level; on a Gaussian of variance v the variance is left at {@code v / (1 - d / (2 v))}, and
 * {@code d < 2 v} is needed. Between modes with little density in between it hardly ever passes:
 * their weights are those of the start (ibid., section 3.2.2).
 *
 * @param steps number of steps, 1 or more
 * @param stepSize d, above 0
 * @param time t, within the range of the forward process; its start time if absent
 */
@PluginName("langevin")
public record Langevin(int steps, double stepSize, Optional<Double> time) implements Sampler {

  /** A thousand steps of half the variance of noise 0.01, at the start time. */
  public Langevin() {
    this(1000, 5e-5, Optional.empty());
  }

  /** Checks the components. */
  public Langevin {
    Validation.begin().count("steps", steps, 1).positive("stepSize", stepSize).end();
  }

  @Override
  public void check(Sde sde) {
    double t = time.orElse(sde.startTime());
    Validation.begin().between("time", t, sde.startTime(), sde.endTime()).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var d = graph.scalar("stepSize");
    var spread = graph.scalar("spread");

    var score = graph.at(x, level).score();
    var next = x.plus(score.times(d)).plus(graph.noise().times(spread));
    var step = graph.kernel("langevin", x.set(next));

    double t = time.orElse(graph.sde().startTime());
    return progress -> {
      for (int i = 0; i < steps; i++) {
        step.run(level.at(t), d.is(stepSize), spread.is(Math.sqrt(2 * stepSize)));
        progress.step(i + 1, steps);
      }
    };
  }
}
