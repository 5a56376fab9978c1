package org.score4j.api;

import org.tensorflow.op.Op;

/** A rule by which a gradient changes a parameter. */
@PluginService
public interface Optimizer {

  /** The learning rate after warm-up and before its {@link LearningRateSchedule}, above 0. */
  double learningRate();

  /** Adds the operation that changes one parameter. Called once for each parameter. */
  Op update(OptimizerGraph graph);
}
