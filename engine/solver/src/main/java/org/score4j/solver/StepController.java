package org.score4j.solver;

/** Judges the steps of one sample by their errors, and proposes the length of the next. */
public interface StepController {

  /** Length of the step to be tried next, above 0; longer than what is left is cut to it. */
  double length();

  /**
   * Judges a step that was tried, and thereby changes {@link #length}.
   *
   * @param tried its length, possibly cut
   * @param error the norm of its error over the tolerance, 0 or above; infinite and NaN are never
   *     accepted
   * @return whether the step is taken
   */
  boolean accepts(double tried, double error);
}
