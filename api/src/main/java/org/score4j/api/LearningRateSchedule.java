package org.score4j.api;

/**
 * A learning-rate schedule: at update n = 1, 2, ... it is
 *
 * <pre>  {@link Optimizer#learningRate()} min(1, n / warmup) factor(n, warmup, steps).</pre>
 */
@PluginService
public interface LearningRateSchedule {

  /**
   * The factor at an update, 0 or above and finite.
   *
   * @param step the update's number, from 1
   * @param warmup updates over which the rate rises linearly, 0 or more
   * @param steps updates in all, at least {@code step}
   */
  double factor(long step, long warmup, long steps);
}
