package org.score4j.optimizer;

import org.score4j.api.LearningRateSchedule;
import org.score4j.api.PluginName;

/** After warm-up the learning rate stays what it is: factor 1. */
@PluginName("constant")
public record Constant() implements LearningRateSchedule {

  @Override
  public double factor(long step, long warmup, long steps) {
    return 1;
  }
}
