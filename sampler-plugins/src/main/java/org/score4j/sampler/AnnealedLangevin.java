package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Annealed Langevin dynamics (Song and Ermon 2019, algorithm 1; Song and Ermon 2020, algorithm 1
 * for the last line):
 *
 * <pre>
 *   x ~ prior
 *   for each of L levels, from the most to the least noise:
 *     d = 2 (snr sigma)^2
 *     repeat T times:  x = x + d score(x, t) + sqrt(2 d) z,   z ~ N(0, I)
 *   return E[x_0 | x]
 * </pre>
 *
 * <p>The levels are the times of a grid. Equal steps in t of a variance-exploding SDE are the
 * paper's geometric sequence; for another forward process, steps uniform in log-SNR are. Where
 * alpha is not 1 the dynamics are those of {@code x / alpha}, whose noise is {@code sigma / alpha}:
 * x is multiplied by {@code alpha_s / alpha_t} as the level changes from t to s, and the step is as
 * above.
 *
 * <p>Published: L = 10, T = 100, snr 0.316 (noise 1 to 0.01); L = 232, T = 5, snr 0.176 (noise 50
 * to 0.01, CIFAR-10); L = 500, T = 5, 0.128; L = 1086, T = 3, 0.095.
 *
 * @param levels L, 2 or more
 * @param steps T, 1 or more
 * @param snr ratio of the score's and the noise's parts of a step, above 0; below 1 or the dynamics
 *     diverge
 * @param denoise whether to return the expected clean data instead of the last state
 * @param grid the times of the levels
 */
@PluginName("annealed-langevin")
public record AnnealedLangevin(int levels, int steps, double snr, boolean denoise, TimeGrid grid)
    implements Sampler {

  /** As published for CIFAR-10 with noise from 50 to 0.01. */
  public AnnealedLangevin() {
    this(232, 5, 0.176, true, new UniformGrid());
  }

  /** Checks the components. */
  public AnnealedLangevin {
    Validation.begin()
        .count("levels", levels, 2)
        .count("steps", steps, 1)
        .rule(
            (long) levels * steps <= Validation.MOST,
            "steps",
            steps,
            "must be so few that levels x steps is at most " + Validation.MOST)
        .positive("snr", snr)
        .rule(!(snr >= 1), "snr", snr, "must be below 1")
        .end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var d = graph.scalar("stepSize");
    var spread = graph.scalar("spread");
    var scale = graph.scalar("scale");

    var score = graph.at(x, level).score();
    var next = x.plus(score.times(d)).plus(graph.noise().times(spread));
    var step = graph.kernel("langevin", x.set(next));
    var rescale = graph.kernel("rescale", x.set(x.times(scale)));
    var finish = graph.kernel("denoise", x.set(graph.at(x, level).denoised()));

    Sde sde = graph.sde();
    double[] times = grid.times(sde, levels - 1);
    long total = (long) levels * steps;
    return progress -> {
      for (int i = 0; i < levels; i++) {
        double t = times[i];
        double stepSize = 2 * Math.pow(snr * sde.sigma(t), 2);
        if (i > 0 && sde.alpha(t) != sde.alpha(times[i - 1])) {
          rescale.run(scale.is(sde.alpha(t) / sde.alpha(times[i - 1])));
        }
        for (int j = 0; j < steps; j++) {
          step.run(level.at(t), d.is(stepSize), spread.is(Math.sqrt(2 * stepSize)));
          progress.step((long) i * steps + j + 1, total);
        }
      }
      if (denoise) {
        finish.run(level.at(times[levels - 1]));
      }
    };
  }
}
