package org.score4j.flow;

import org.score4j.api.Sde;
import org.score4j.engine.score.TimeRange;
import org.score4j.format.text.Numerals;

/**
 * The times between which the probability-flow ODE of a process is integrated.
 *
 * @param start of least noise: where sampling or training starts, whichever is first
 * @param end of most noise, where the latents are
 */
public record FlowTimes(double start, double end) {

  /** Those of a process. */
  static FlowTimes of(Sde sde) {
    return new FlowTimes(new TimeRange(sde).start(), sde.endTime());
  }

  /** As in "t = 0.001 to 1". */
  public String fromData() {
    return "t = " + Numerals.plain(start) + " to " + Numerals.plain(end);
  }

  /** As in "t = 1 to 0.001". */
  public String fromNoise() {
    return "t = " + Numerals.plain(end) + " to " + Numerals.plain(start);
  }
}
