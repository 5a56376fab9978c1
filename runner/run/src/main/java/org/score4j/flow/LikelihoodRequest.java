package org.score4j.flow;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Validation;
import org.score4j.engine.score.Divergence;

/**
 * Whose likelihood is wanted, and how.
 *
 * @param input a file of the data; empty for the recipe's reference, or else its data
 * @param first number of the first example, 0 or above
 * @param count how many; empty for the rest of the data, or 1000 of a density
 * @param seed determines the dequantisation and the probes
 * @param flow how the ODE is followed
 * @param densityTolerance of the log-density in a step, relative and absolute, which then shortens
 *     steps; empty to take it along
 * @param divergence how it is taken; empty for exact in few dimensions, else one Rademacher probe
 * @param probes of a divergence that is estimated, at least 1
 */
public record LikelihoodRequest(
    Optional<Path> input,
    long first,
    OptionalLong count,
    long seed,
    FlowSettings flow,
    Optional<Double> densityTolerance,
    Optional<Divergence.Method> divergence,
    int probes) {
  private static final int FEW_DIMENSIONS = 16;

  /** Checks the components. */
  public LikelihoodRequest {
    var validation =
        Validation.begin()
            .atLeast("first", first, 0)
            .within("probes", probes, 1, Divergence.MOST_PROBES);
    count.ifPresent(n -> validation.atLeast("count", n, 1));
    densityTolerance.ifPresent(d -> validation.positive("density-tolerance", d));
    validation.end();
  }

  /** The same of the data that are at hand. */
  LikelihoodRequest withoutInput() {
    return new LikelihoodRequest(
        Optional.empty(), first, count, seed, flow, densityTolerance, divergence, probes);
  }

  /** How the divergence of data of so many dimensions is taken. */
  Divergence divergence(long dimensions) {
    return new Divergence(
        divergence.orElse(
            dimensions <= FEW_DIMENSIONS ? Divergence.Method.EXACT : Divergence.Method.RADEMACHER),
        probes);
  }
}
