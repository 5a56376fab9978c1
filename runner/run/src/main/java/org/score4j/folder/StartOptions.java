package org.score4j.folder;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a training is to begin, apart from its recipe.
 *
 * @param acceptData whether a run goes on although its data have changed
 * @param from a run folder or file whose weights are those at the start; random if empty
 * @param weights which of that run's weights
 * @param partial whether tensors that do not fit are left at their random values
 */
public record StartOptions(
    boolean acceptData, Optional<Path> from, Weights weights, boolean partial) {

  /** From random weights, or where the run left off, with the data that it had. */
  public static final StartOptions NONE =
      new StartOptions(false, Optional.empty(), Weights.EMA, false);
}
