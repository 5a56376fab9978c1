package org.score4j.optimizer;

import org.score4j.api.LearningRateSchedule;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * A straight line from 1 at the end of warm-up to {@code last} at the end of training:
 *
 * <pre>  1 - (1 - last) p,    p = (n - 1 - warmup) / (steps - warmup).</pre>
 *
 * <p>p is the share of the updates after warm-up that have been done, so the last one still moves.
 *
 * @param last factor that would be reached after the last update, in [0, 1]
 */
@PluginName("linear")
public record Linear(double last) implements LearningRateSchedule {

  /** Checks the component. */
  public Linear {
    Validation.begin().between("last", last, 0, 1).end();
  }

  /** Down to 0. */
  public Linear() {
    this(0);
  }

  @Override
  public double factor(long step, long warmup, long steps) {
    return 1 - (1 - last) * done(step, warmup, steps);
  }

  /** Share of the updates after warm-up done before an update: in [0, 1), 0 during warm-up. */
  static double done(long step, long warmup, long steps) {
    return step <= warmup ? 0 : (double) (step - 1 - warmup) / (steps - warmup);
  }
}
