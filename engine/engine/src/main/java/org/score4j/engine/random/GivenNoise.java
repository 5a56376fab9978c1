package org.score4j.engine.random;

/**
 * Supplies a sampler's standard normal numbers from outside, so that a published chain can be
 * replayed number by number.
 */
@FunctionalInterface
public interface GivenNoise {

  /**
   * The numbers of one call site in one run. Asked first for what controls keep throughout a draw,
   * once for the prior, if the state is drawn from it, and then at each run of a kernel once for
   * every {@link org.score4j.api.SamplerGraph#noise()} on which the kernel depends, in the order of
   * the calls.
   *
   * @return as many numbers as the state has, row-major
   */
  float[] next();
}
