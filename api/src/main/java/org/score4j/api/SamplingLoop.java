package org.score4j.api;

/** The host's side of a sampler: plain Java that runs kernels. */
@FunctionalInterface
public interface SamplingLoop {

  /**
   * Takes the state from the prior to a sample.
   *
   * @param progress told after each step, and the way to cancel
   */
  void run(Progress progress);
}
