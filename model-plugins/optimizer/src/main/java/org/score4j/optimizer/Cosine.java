package org.score4j.optimizer;

import org.score4j.api.LearningRateSchedule;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * Half a cosine from 1 at the end of warm-up to {@code last} at the end of training (Loshchilov and
 * Hutter 2017, "SGDR", eq. 5, without restarts):
 *
 * <pre>  last + (1 - last) (1 + cos(pi p)) / 2,    p = (n - 1 - warmup) / (steps - warmup).</pre>
 *
 * <p>p is the share of the updates after warm-up that have been done, so the last one still moves.
 *
 * @param last factor that would be reached after the last update, in [0, 1]
 */
@PluginName("cosine")
public record Cosine(double last) implements LearningRateSchedule {

  /** Checks the component. */
  public Cosine {
    Validation.begin().between("last", last, 0, 1).end();
  }

  /** Down to 0. */
  public Cosine() {
    this(0);
  }

  @Override
  public double factor(long step, long warmup, long steps) {
    return last + (1 - last) * (1 + Math.cos(Math.PI * Linear.done(step, warmup, steps))) / 2;
  }
}
