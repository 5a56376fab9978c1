package org.score4j.runner.run;

import org.score4j.api.Validation;
import org.score4j.api.ode.DormandPrince.Tolerance;
import org.score4j.api.ode.ErrorNorm;

/**
 * How the probability-flow ODE of a run is followed.
 *
 * @param tolerance of a step's error, relative and absolute, above 0
 * @param weights which of the checkpoint's
 */
public record FlowSettings(double tolerance, Weights weights) {

  /** Checks the components. */
  public FlowSettings {
    Validation.begin().positive("tolerance", tolerance).end();
  }

  Tolerance state() {
    return each(tolerance);
  }

  /** Relative and absolute, for each example by itself. */
  static Tolerance each(double tolerance) {
    return new Tolerance(tolerance, tolerance, ErrorNorm.PER_SAMPLE, 0);
  }
}
