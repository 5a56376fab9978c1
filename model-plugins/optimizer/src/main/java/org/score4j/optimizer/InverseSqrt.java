package org.score4j.optimizer;

import org.score4j.api.LearningRateSchedule;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * The learning rate falls as one over the root of the step (Karras et al. 2024, "Analyzing and
 * Improving the Training Dynamics of Diffusion Models"):
 *
 * <pre>  1 / sqrt(max(n / from, 1)).</pre>
 *
 * <p>With {@code from} equal to the warm-up it is the schedule of Vaswani et al. 2017, eq. 3. It
 * does not depend on how long training will be.
 *
 * @param from update from which on it falls, at least 1
 */
@PluginName("inverse-sqrt")
public record InverseSqrt(long from) implements LearningRateSchedule {

  /** Checks the component. */
  public InverseSqrt {
    Validation.begin().atLeast("from", from, 1).end();
  }

  /** From update 70,000 on, as in the code of that paper. */
  public InverseSqrt() {
    this(70_000);
  }

  @Override
  public double factor(long step, long warmup, long steps) {
    return 1 / Math.sqrt(Math.max((double) step / from, 1));
  }
}
