package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Times at the quantiles of a beta distribution (Lee et al. 2024, "Beta sampling is all you need"):
 *
 * <pre>  t_i = t_0 + q(1 - i/N) (T - t_0),   q the quantile function of Beta(alpha, beta),</pre>
 *
 * from {@code T = endTime} to {@code t_0 = startTime}: dense towards both ends, where the spectrum
 * of an image changes most.
 *
 * @param alpha in (0, 1]; the lower, the denser towards low noise
 * @param beta in (0, 1]; the lower, the denser towards high noise; with both 1 it is {@link
 *     UniformGrid}
 */
@PluginName("beta")
public record BetaGrid(double alpha, double beta) implements TimeGrid {

  /** The paper's distribution, Beta(0.6, 0.6). */
  public BetaGrid() {
    this(0.6, 0.6);
  }

  /** Checks the components. */
  public BetaGrid {
    Validation.begin()
        .rule(alpha > 0 && alpha <= 1, "alpha", alpha, "must lie above 0 and not above 1")
        .rule(beta > 0 && beta <= 1, "beta", beta, "must lie above 0 and not above 1")
        .end();
  }

  @Override
  public double[] times(Sde sde, int steps) {
    var distribution = new BetaDistribution(alpha, beta);
    return GridTimes.between(
        sde,
        steps,
        i -> {
          double part = distribution.quantile((double) (steps - i) / steps);
          return (1 - part) * sde.startTime() + part * sde.endTime();
        });
  }
}
