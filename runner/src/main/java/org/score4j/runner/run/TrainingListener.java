package org.score4j.runner.run;

/** Hears how training goes. */
public interface TrainingListener {

  /**
   * Training starts, or goes on after {@code done} steps; a checkpoint was read if {@code done >
   * 0}.
   */
  default void started(long done, long total, long parameters) {}

  /** A step is complete. */
  default void step(long step, long total, double loss) {}

  /** Something the user is to know. */
  default void note(String line) {}
}
