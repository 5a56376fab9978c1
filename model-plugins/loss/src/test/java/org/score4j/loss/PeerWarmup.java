package org.score4j.loss;

import java.util.function.LongToDoubleFunction;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.optimizer.Adam;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Adam with the peer's warm-up, which counts steps from 0: the rate of step n is that of n - 1
 * here, so that the first step changes nothing but the moments.
 */
record PeerWarmup(Adam adam, int warmup) implements Optimizer {

  @Override
  public double learningRate() {
    return adam.learningRate();
  }

  /** The learning rate of step n = 1, 2, ... */
  double rate(long step) {
    return learningRate() * Math.min(1, (step - 1.0) / warmup);
  }

  @Override
  public Op update(OptimizerGraph graph) {
    return adam.update(new Slower(graph));
  }

  private final class Slower implements OptimizerGraph {
    private final OptimizerGraph graph;

    Slower(OptimizerGraph graph) {
      this.graph = graph;
    }

    @Override
    public Operand<TFloat32> learningRate() {
      return graph.scalar("peerRate", PeerWarmup.this::rate);
    }

    @Override
    public Ops tf() {
      return graph.tf();
    }

    @Override
    public Operand<? extends TType> parameter() {
      return graph.parameter();
    }

    @Override
    public Operand<TFloat32> gradient() {
      return graph.gradient();
    }

    @Override
    public Operand<? extends TType> slot(String name) {
      return graph.slot(name);
    }

    @Override
    public Operand<TFloat32> scalar(String name, LongToDoubleFunction ofStep) {
      return graph.scalar(name, ofStep);
    }
  }
}
