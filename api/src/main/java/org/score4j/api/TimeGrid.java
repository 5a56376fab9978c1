package org.score4j.api;

/** The times at which a sampler evaluates. */
@PluginService
public interface TimeGrid {

  /**
   * {@code steps + 1} strictly decreasing times, the first {@link Sde#endTime()}, the last {@link
   * Sde#startTime()}.
   *
   * @param steps number of intervals, at least 1
   */
  double[] times(Sde sde, int steps);
}
