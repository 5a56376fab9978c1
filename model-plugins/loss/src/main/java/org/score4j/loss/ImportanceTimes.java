package org.score4j.loss;

import java.util.random.RandomGenerator;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;

/**
 * Importance sampling for {@link LikelihoodWeight} (Song et al. 2021, "Maximum likelihood training
 * of score-based diffusion models", section 4.3): times of density proportional to {@code g^2 /
 * sigma^2}, and the reciprocal of that as correction, so that the objective is still the one of
 * uniform times but its estimate varies far less.
 *
 * <p>The cumulative needs no quadrature. As g^2 = d sigma^2 / dt - 2 sigma^2 d ln alpha / dt,
 *
 * <pre>
 *   g^2 / sigma^2 = d/dt (ln sigma^2 - ln alpha^2) = -d logSnr / dt
 * </pre>
 *
 * <p>for every process: the density is uniform in logSnr, that of {@link LogUniformTimes}.
 */
@PluginName("importance")
public record ImportanceTimes() implements TimeDistribution {

  @Override
  public double[] draw(Sde sde, int batch, RandomGenerator random) {
    return new LogUniformTimes().draw(sde, batch, random);
  }

  /** The uniform density, 1 / (end - start), over this one, g^2 / sigma^2 / its integral. */
  @Override
  public double correction(Sde sde, double t) {
    double start = sde.trainingStartTime();
    double mean = (sde.logSnr(start) - sde.logSnr(sde.endTime())) / (sde.endTime() - start);
    double ratio = sde.sigma(t) / sde.diffusion(t);
    return mean * ratio * ratio;
  }
}
