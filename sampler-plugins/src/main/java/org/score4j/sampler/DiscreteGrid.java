package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Times at which a network was trained, for one trained on {@code T} discrete steps (Ho et al.
 * 2020; spacings as in Lin et al. 2024, table 2): step k is the time {@code endTime k / T}, which
 * in a {@code ddpm} process of T steps is k itself and in a {@code vp} process k / T.
 *
 * <p>The first time is step T and the last is {@code startTime}. With {@code trailing} the
 * published N steps are the first N times, with {@code leading} the last N, and with {@code
 * linspace} the times are the N + 1 published steps.
 *
 * @param spacing {@code leading}, {@code trailing} or {@code linspace}
 * @param trainingSteps T, 2 or more; a grid has fewer steps, with {@code trailing} at most 2/3 T
 */
@PluginName("discrete")
public record DiscreteGrid(Spacing spacing, int trainingSteps) implements TimeGrid {

  /** Trailing, out of a thousand steps. */
  public DiscreteGrid() {
    this(Spacing.TRAILING, 1000);
  }

  /** Checks the components. */
  public DiscreteGrid {
    Validation.begin().count("trainingSteps", trainingSteps, 2).end();
  }

  @Override
  public double[] times(Sde sde, int steps) {
    double unit = sde.endTime() / trainingSteps;
    return GridTimes.between(sde, steps, i -> unit * spacing.step(i, steps, trainingSteps));
  }
}
