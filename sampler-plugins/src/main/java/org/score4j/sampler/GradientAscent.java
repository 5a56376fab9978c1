package org.score4j.sampler;

import java.util.Optional;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.Validation;

/**
 * Gradient ascent on the log-density of one noise level:
 *
 * <pre>
 *   x ~ prior
 *   repeat:  x = x + d score(x, t)
 * </pre>
 *
 * <p>Not a sampler but a demonstration of why one needs noise: every x climbs to a mode, so that
 * the samples' spread and the modes' weights are lost. Near a mode of variance v it converges if
 * {@code d < 2 v}.
 *
 * @param steps number of steps, 1 or more
 * @param stepSize d, above 0
 * @param time t, within the range of the forward process; its start time if absent
 */
@PluginName("gradient-ascent")
public record GradientAscent(int steps, double stepSize, Optional<Double> time) implements Sampler {

  /** A thousand steps of half the variance of noise 0.01, at the start time. */
  public GradientAscent() {
    this(1000, 5e-5, Optional.empty());
  }

  /** Checks the components. */
  public GradientAscent {
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

    var score = graph.at(x, level).score();
    var climb = graph.kernel("gradient-ascent", x.set(x.plus(score.times(d))));

    double t = time.orElse(graph.sde().startTime());
    return progress -> {
      for (int i = 0; i < steps; i++) {
        climb.run(level.at(t), d.is(stepSize));
        progress.step(i + 1, steps);
      }
    };
  }
}
