package org.score4j;

import org.score4j.engine.graph.Snapshot;

/** A complete step of training. */
public interface TrainedStep {

  /** Its number, from 1 on. */
  long number();

  /** The recipe's last step. */
  long total();

  /** Mean loss over the step's batches; not finite if the update was skipped for that. */
  double loss();

  /** The parameters and their averages after the step, to be closed by the caller. */
  Snapshot snapshot();
}
