package org.score4j.api;

/**
 * A number that the host gives to a {@link Kernel} each time it runs, of shape []; or one for each
 * sample, of shape [B], which {@link #along} fits to a state.
 */
public interface Coefficient extends Term {

  /**
   * The number for one run, or those of the samples; rounded to float32 here and nowhere before.
   *
   * @param values one, or as many as {@link SamplerGraph#batch()} if each sample has its own
   * @throws IllegalArgumentException if there are more or fewer
   */
  Feed is(double... values);
}
