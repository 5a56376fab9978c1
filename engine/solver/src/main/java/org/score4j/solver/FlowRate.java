package org.score4j.solver;

import java.util.Arrays;
import java.util.List;
import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.Level;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.api.Term;

/**
 * {@code dx/dt = f(t) x - g(t)^2 score(x, t) / 2}, the probability-flow ODE, whose solutions have
 * the marginals of the forward process (Song et al. 2021, eq. 13).
 */
public final class FlowRate implements DormandPrince.Rate {
  private final Sde sde;
  private final SamplerGraph graph;
  private final Level level;
  private final Coefficient drift;
  private final Coefficient pull;

  /**
   * The flow of a graph's process and score.
   *
   * @param level where the score is evaluated
   */
  public FlowRate(SamplerGraph graph, Level level) {
    this.sde = graph.sde();
    this.graph = graph;
    this.level = level;
    this.drift = graph.perSample("drift");
    this.pull = graph.perSample("pull");
  }

  @Override
  public Term of(Register x) {
    var f = drift.along(x);
    var halfOfSquare = pull.along(x);
    var score = graph.at(x, level).score();
    return f.times(x).minus(halfOfSquare.times(score));
  }

  @Override
  public Term point(Register x) {
    return graph.at(x, level).x();
  }

  @Override
  public List<Feed> at(double[] times) {
    double[] f = Arrays.stream(times).map(sde::drift).toArray();
    double[] halfOfSquare =
        Arrays.stream(times).map(t -> Math.pow(sde.diffusion(t), 2) / 2).toArray();
    return List.of(level.at(times), drift.is(f), pull.is(halfOfSquare));
  }
}
