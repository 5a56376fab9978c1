package org.score4j.flow;

import org.score4j.api.Validation;
import org.score4j.folder.Weights;
import org.score4j.solver.ErrorNorm;
import org.score4j.solver.Tolerance;

/**
 * How the probability-flow ODE of a run is followed.
 *
 * @param tolerance of a step's error, relative and absolute, above 0
 * @param weights which of the checkpoint's
 */
public record FlowSettings(double tolerance, Weights weights) {
  /**
   * Of latents, by measured error: with the exact score of a mixture they are then 2e-6 (VP) and
   * 5e-6 (VE) of the prior's standard deviation off, ten times less than at 1e-5.
   */
  public static final double LATENTS_TOLERANCE = 1e-6;

  /** Of densities, whose own tolerance shortens steps further. */
  public static final double DENSITY_TOLERANCE = 1e-5;

  /** Checks the components. */
  public FlowSettings {
    Validation.begin().positive("tolerance", tolerance).end();
  }

  Tolerance state() {
    return each(tolerance);
  }

  /** Relative and absolute, for each example by itself. */
  static Tolerance each(double tolerance) {
    return new Tolerance(tolerance, tolerance, ErrorNorm.PER_SAMPLE);
  }
}
