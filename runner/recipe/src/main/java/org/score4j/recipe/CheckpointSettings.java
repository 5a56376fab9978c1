package org.score4j.recipe;

import org.score4j.api.Validation;

/**
 * When a training is saved, and what is kept.
 *
 * @param every steps between checkpoints
 * @param keepLast newest checkpoints that are kept
 * @param keepEvery checkpoints of multiples of this many steps are kept too; 0 for none
 */
public record CheckpointSettings(int every, int keepLast, int keepEvery) {

  /** Every 1000 steps; the newest two stay. */
  public CheckpointSettings() {
    this(1000, 2, 0);
  }

  /** Checks the ranges. */
  public CheckpointSettings {
    Validation.begin()
        .atLeast("every", every, 1)
        .atLeast("keepLast", keepLast, 1)
        .atLeast("keepEvery", keepEvery, 0)
        .end();
  }

  /** The same with another number of steps between checkpoints. */
  public CheckpointSettings every(int other) {
    return new CheckpointSettings(other, keepLast, keepEvery);
  }

  /** The same with another number of newest checkpoints. */
  public CheckpointSettings keepLast(int other) {
    return new CheckpointSettings(every, other, keepEvery);
  }

  /** The same that keeps others too. */
  public CheckpointSettings keepEvery(int other) {
    return new CheckpointSettings(every, keepLast, other);
  }
}
