package org.score4j.report.plane;

import org.score4j.api.Sde;

/**
 * Places on the way from data to noise by the angle {@code atan(sigma / (alpha scale))}, along
 * which noised data of that scale change evenly whatever the forward process and its clock: 0 at
 * its start time, 1 at its end.
 *
 * @param sde the forward process
 * @param scale standard deviation of the clean data, above 0
 */
public record Timeline(Sde sde, double scale) {

  /** The place of a time. */
  public double place(double t) {
    double first = angle(sde.startTime());
    double place = (angle(t) - first) / (angle(sde.endTime()) - first);
    return Math.min(1, Math.max(0, place));
  }

  /** The time of a place. */
  public double time(double place) {
    if (place <= 0 || place >= 1) {
      return place <= 0 ? sde.startTime() : sde.endTime();
    }
    double first = angle(sde.startTime());
    double angle = first + place * (angle(sde.endTime()) - first);
    double t = sde.timeAt(-2 * Math.log(scale * Math.tan(angle)));
    return Math.min(sde.endTime(), Math.max(sde.startTime(), t));
  }

  /** The place at which {@code sigma / alpha} has a value; below 0 or above 1 if it never has. */
  public double placeOfNoise(double ratio) {
    double first = angle(sde.startTime());
    return (Math.atan(ratio / scale) - first) / (angle(sde.endTime()) - first);
  }

  private double angle(double t) {
    return Math.atan2(sde.sigma(t), sde.alpha(t) * scale);
  }
}
