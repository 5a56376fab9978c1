package org.score4j.recipe;

import java.util.Optional;
import org.score4j.api.Validation;

/**
 * What a training tells of itself.
 *
 * @param every steps between reports of the loss
 * @param previews how many times a few samples are drawn for the run's page, more often early on;
 *     fewer or none if that would take more than some 2 % of the training; 0 for none
 * @param tensorBoard what goes into event files; empty for no such files
 */
public record Logging(int every, int previews, Optional<TensorBoard> tensorBoard) {

  /** The loss every 100 steps, and eight previews. */
  public Logging() {
    this(100, 8, Optional.empty());
  }

  /** Checks the ranges. */
  public Logging {
    Validation.begin().atLeast("every", every, 1).count("previews", previews, 0).end();
  }

  /** The same with another number of steps between reports. */
  public Logging every(int other) {
    return new Logging(other, previews, tensorBoard);
  }

  /** The same with another number of previews. */
  public Logging previews(int other) {
    return new Logging(every, other, tensorBoard);
  }

  /** The same with event files. */
  public Logging tensorBoard(TensorBoard other) {
    return new Logging(every, previews, Optional.of(other));
  }
}
