package org.score4j.sampler;

import org.score4j.api.Corrector;
import org.score4j.api.PluginName;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Validation;

/**
 * Langevin dynamics at one noise level with the step of annealed Langevin dynamics (Song and Ermon
 * 2019, algorithm 1), as the code of Song et al. 2021 has it:
 *
 * <pre>
 *   repeat:
 *     e = 2 a (snr sigma(t))^2
 *     x = x + e score(x, t) + sqrt(2 e) z,   z ~ N(0, I)
 * </pre>
 *
 * <p>The factor is {@code a = alpha_ts^2} of the exact transition to {@code t} from the next time
 * {@code s} of the grid, as in {@link LangevinCorrector}.
 *
 * @param snr ratio of the score's and the noise's parts of a step, above 0
 * @param steps number of Langevin steps at each time, 1 or more
 */
@PluginName("annealed-langevin")
public record AnnealedLangevinCorrector(double snr, int steps) implements Corrector {

  /** One step at a ratio of 0.16. */
  public AnnealedLangevinCorrector() {
    this(0.16, 1);
  }

  /** Checks the components. */
  public AnnealedLangevinCorrector {
    Validation.begin().positive("snr", snr).count("steps", steps, 1).end();
  }

  @Override
  public Step build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var e = graph.scalar("stepSize");
    var spread = graph.scalar("spread");

    var score = graph.at(x, level).score();
    var next = x.plus(score.times(e)).plus(graph.noise().times(spread));
    var step = graph.kernel("annealed-langevin", x.set(next));

    Sde sde = graph.sde();
    return (t, s) -> {
      double size = 2 * Math.pow(sde.transition(s, t).alpha() * snr * sde.sigma(t), 2);
      for (int i = 0; i < steps; i++) {
        step.run(level.at(t), e.is(size), spread.is(Math.sqrt(2 * size)));
      }
    };
  }
}
