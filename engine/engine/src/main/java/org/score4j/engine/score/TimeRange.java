package org.score4j.engine.score;

import org.score4j.api.NoiseLevel;
import org.score4j.api.Sde;

/**
 * The float32 times at which a forward process can be asked for its level: from where sampling or
 * training starts, whichever is first, to the end.
 */
public record TimeRange(Sde sde) {

  /** The earliest time. */
  public float first() {
    return (float) start();
  }

  /** The last time. */
  public float last() {
    return (float) sde.endTime();
  }

  /** Whether a time is one of them; a NaN is not. */
  public boolean contains(float t) {
    return t >= first() && t <= last();
  }

  /** The level at one of them, in double; the ends stay inside whichever way they were rounded. */
  public NoiseLevel level(double t) {
    return sde.level(Math.min(Math.max(t, start()), sde.endTime()));
  }

  /** The earliest time, unrounded. */
  public double start() {
    return Math.min(sde.startTime(), sde.trainingStartTime());
  }
}
