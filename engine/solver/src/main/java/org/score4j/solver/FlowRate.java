package org.score4j.solver;

import java.util.Arrays;
import java.util.List;
import org.score4j.api.Feed;
import org.score4j.api.LevelPerSample;
import org.score4j.api.LevelTensors;
import org.score4j.api.PerSample;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code dx/dt = f(t) x - g(t)^2 score(x, t) / 2}, the probability-flow ODE, whose solutions have
 * the marginals of the forward process (Song et al. 2021, eq. 13).
 */
public final class FlowRate implements DormandPrince.Rate {
  private final Ops tf;
  private final Sde sde;
  private final SamplerGraph graph;
  private final LevelPerSample level;
  private final PerSample drift;
  private final PerSample pull;

  /**
   * The flow of a graph's process and score.
   *
   * @param level where the score is evaluated
   */
  public FlowRate(SamplerGraph graph, LevelPerSample level) {
    this.tf = graph.tf();
    this.sde = graph.sde();
    this.graph = graph;
    this.level = level;
    this.drift = graph.perSample("drift");
    this.pull = graph.perSample("pull");
  }

  @Override
  public Operand<TFloat32> of(Register register) {
    var x = register.value();
    var f = LevelTensors.align(tf, drift.value(), x);
    var halfOfSquare = LevelTensors.align(tf, pull.value(), x);
    var score = graph.at(register, level).score();
    return tf.math.sub(tf.math.mul(f, x), tf.math.mul(halfOfSquare, score));
  }

  @Override
  public Operand<TFloat32> point(Register register) {
    return graph.at(register, level).x();
  }

  @Override
  public List<Feed> at(double[] times) {
    double[] f = Arrays.stream(times).map(sde::drift).toArray();
    double[] halfOfSquare =
        Arrays.stream(times).map(t -> Math.pow(sde.diffusion(t), 2) / 2).toArray();
    return List.of(level.at(times), drift.are(f), pull.are(halfOfSquare));
  }
}
