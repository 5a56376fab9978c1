package org.score4j.engine.sampling;

import java.util.function.Supplier;

/** Told of samples on their way from the prior to the data. */
@FunctionalInterface
public interface StateListener {

  /** Hears nothing, and costs nothing. */
  StateListener NONE = (times, state) -> {};

  /**
   * A sampler is about to run a kernel that takes its state to be at a noise level. The first
   * states are draws from the prior; the samples, which come last, are not told. Of a method that
   * adapts its steps these are the starts of accepted steps; a sample whose step was refused may be
   * told once more.
   *
   * @param times of each sample's state; several states in a row may be of one time
   * @param state reads the state, row-major, as it is during this call
   */
  void state(double[] times, Supplier<float[]> state);
}
