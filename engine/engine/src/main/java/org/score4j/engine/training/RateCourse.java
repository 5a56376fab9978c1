package org.score4j.engine.training;

import org.score4j.api.LearningRateSchedule;
import org.score4j.api.Validation;

/**
 * The course of the learning rate: at update n = 1, 2, ... its factor is
 *
 * <pre>  min(1, n / warmup) schedule(n).</pre>
 *
 * @param warmup updates over which it rises linearly, 0 or more
 * @param schedule what follows, and what it is multiplied by from the start
 * @param steps updates in all, at least 1
 */
public record RateCourse(int warmup, LearningRateSchedule schedule, long steps) {

  /** Checks the numbers. */
  public RateCourse {
    Validation.begin().atLeast("warmup", warmup, 0).atLeast("steps", steps, 1).end();
  }

  /** A rate that stays what it is after warm-up, without an end. */
  public static RateCourse constantAfter(int warmup) {
    return new RateCourse(warmup, (step, rise, steps) -> 1, Long.MAX_VALUE);
  }

  /** The factor of the learning rate at update n = 1, 2, ... */
  public double factor(long step) {
    double rise = warmup == 0 ? 1 : Math.min(1, (double) step / warmup);
    return rise * schedule.factor(step, warmup, steps);
  }
}
