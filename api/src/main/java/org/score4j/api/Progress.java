package org.score4j.api;

/** Told how far long work has come. */
@FunctionalInterface
public interface Progress {

  /** Hears nothing and never stops. */
  Progress NONE = (done, total) -> {};

  /**
   * A step is complete. Workers let the exception pass.
   *
   * @param done steps done so far, from 1 on
   * @param total steps there will be, as far as is known
   * @throws java.util.concurrent.CancellationException if the work is to stop here
   */
  void step(long done, long total);
}
