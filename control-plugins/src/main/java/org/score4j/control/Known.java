package org.score4j.control;

/** How the known part of the state gets its noise. */
public enum Known {
  /**
   * As all of the state does: by the sampler, which sees the known part's exact score. It moves on
   * one path to what is known, with a deterministic sampler on a straight one.
   */
  PATH,

  /**
   * Drawn anew whenever the sampler evaluates the score (Song et al. 2021, appendix I.2). A sampler
   * that adapts its steps, {@code probability-flow} or {@code dpm-adaptive}, draws it once for each
   * sample instead: it compares evaluations.
   */
  RENEWED
}
