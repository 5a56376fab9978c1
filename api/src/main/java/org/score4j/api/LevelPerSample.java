package org.score4j.api;

/** A noise level for each sample of the batch, that the host gives to a {@link Kernel} by time. */
public interface LevelPerSample extends LevelTensors {

  /**
   * The levels at these times for one run; alpha and sigma are computed in double.
   *
   * @param times as many as {@link SamplerGraph#batch()}
   * @throws IllegalArgumentException if there are more or fewer
   */
  Feed at(double[] times);
}
