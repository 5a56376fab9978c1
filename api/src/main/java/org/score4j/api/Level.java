package org.score4j.api;

/**
 * A noise level, the same for all examples, that the host gives to a {@link Kernel} by its time.
 */
public interface Level extends LevelTensors {

  /** The level at time {@code t} for one run; alpha and sigma are computed in double. */
  Feed at(double t);
}
