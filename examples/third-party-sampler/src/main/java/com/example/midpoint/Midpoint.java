package com.example.midpoint;

import java.util.stream.IntStream;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.Validation;

/**
 * The explicit midpoint method on the probability-flow ODE. With y = x / alpha and s = sigma / alpha
 * the ODE is dy/ds = eps(x), the expected noise, for every forward process; one step from s to r is
 *
 * <pre>
 *   m  = sqrt(s r)
 *   y' = y + (m - s) eps(x, s)
 *   y  = y + (r - s) eps(x', m)
 * </pre>
 *
 * <p>Levels are spaced evenly in ln s. Second order, two evaluations a step.
 *
 * @param steps number of steps, at least 1
 */
@PluginName("midpoint")
public record Midpoint(int steps) implements Sampler {

  /** Checks the component. */
  public Midpoint {
    Validation.begin().count("steps", steps, 1).end();
  }

  /** 25 steps, 50 evaluations. */
  public Midpoint() {
    this(25);
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var start = graph.register("start");
    var level = graph.level("t");
    var scale = graph.scalar("scale");
    var noise = graph.scalar("noise");
    var pull = graph.at(x, level).noise().times(noise);
    var half = graph.kernel("half", start.set(x), x.set(x.times(scale).plus(pull)));
    var whole = graph.kernel("whole", x.set(start.times(scale).plus(pull)));

    NoiseLevel[] levels = levels(graph.sde());
    return progress -> {
      for (int i = 0; i < steps; i++) {
        NoiseLevel from = levels[2 * i];
        NoiseLevel middle = levels[2 * i + 1];
        NoiseLevel to = levels[2 * i + 2];
        half.run(
            level.at(from.t()),
            scale.is(middle.alpha() / from.alpha()),
            noise.is(middle.alpha() * (s(middle) - s(from))));
        whole.run(
            level.at(middle.t()),
            scale.is(to.alpha() / from.alpha()),
            noise.is(to.alpha() * (s(to) - s(from))));
        progress.step(i + 1, steps);
      }
    };
  }

  /** The levels of the grid and, between each two of them, their middle. */
  private NoiseLevel[] levels(Sde sde) {
    double first = sde.logSnr(sde.endTime());
    double last = sde.logSnr(sde.startTime());
    return IntStream.rangeClosed(0, 2 * steps)
        .mapToDouble(i -> sde.timeAt(first + (last - first) * i / (2 * steps)))
        .mapToObj(sde::level)
        .toArray(NoiseLevel[]::new);
  }

  private static double s(NoiseLevel level) {
    return level.sigma() / level.alpha();
  }
}
