package org.score4j.control;

/** How the known part of the state gets its noise. */
public enum Known {
  /**
   * As all of the state does: by the sampler, which sees the known part's exact score. It moves on
   * one path to what is known, with a deterministic sampler on a straight one.
   */
  PATH,

  /**
   * Drawn anew whenever the sampler evaluates the score at the state (Song et al. 2021, appendix
   * I.2). What a sampler evaluates elsewhere, at the stages of a step, sees the model alone.
   */
  RENEWED
}
