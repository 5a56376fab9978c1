package org.score4j.api;

/**
 * A noise level that the host gives to a {@link Kernel} by its time: the same for all samples, or
 * one for each.
 */
public interface Level extends LevelTensors {

  /**
   * The level for one run, or those of the samples; alpha and sigma are computed in double.
   *
   * @param times one, or as many as {@link SamplerGraph#batch()} if each sample has its own
   * @throws IllegalArgumentException if there are more or fewer
   */
  Feed at(double... times);
}
