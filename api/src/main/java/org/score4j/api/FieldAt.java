package org.score4j.api;

import java.util.Optional;

/**
 * The {@link ScoreField} at what a {@link Register} holds, with {@link SamplerGraph#at}. However
 * many forms are asked for, they cost one evaluation of the network.
 */
public interface FieldAt {

  /** What the register holds when a kernel starts, [B, ...], as samples at the noise level. */
  Term x();

  /** The score at {@link #x}; same shape. */
  Term score();

  /** The expected noise at {@link #x}; same shape. */
  Term noise();

  /** The expected clean data at {@link #x}; same shape. */
  Term denoised();

  /**
   * Where the variance of a reverse step lies, as {@link ScoreField#varianceInterpolation}; empty
   * if the model has not learned it.
   */
  Optional<Term> varianceInterpolation();
}
