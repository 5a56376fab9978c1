package org.score4j.report.plane;

import java.util.Optional;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Sde;

/**
 * Which square of the plane shows the noised data: {@code sqrt((alpha reach)^2 + (3 sigma)^2)} from
 * its centre to its sides, which holds all data without noise and nearly all of a wide prior.
 *
 * @param x of the centre of the clean data
 * @param y of the centre of the clean data
 * @param reach from there to the sides of a square that holds them
 * @param fixed the square at every noise level; empty if it is each level's own
 */
public record View(double x, double y, double reach, Optional<Window> fixed) {
  private static final double MARGIN = 1.15;
  private static final double DEVIATIONS = 3;
  private static final double STEADY = 2;

  /** A view of points, at least one. */
  public static View of(float[] points) {
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < points.length; i++) {
      low[i % 2] = Math.min(low[i % 2], points[i]);
      high[i % 2] = Math.max(high[i % 2], points[i]);
    }
    double side = Math.max(high[0] - low[0], high[1] - low[1]);
    return new View(
        (low[0] + high[0]) / 2,
        (low[1] + high[1]) / 2,
        side > 0 ? MARGIN * side / 2 : 1,
        Optional.empty());
  }

  /** One square for the whole process if that wastes no more than half of its side. */
  public View steady(Sde sde) {
    double least = Double.POSITIVE_INFINITY;
    Window widest = at(sde.level(sde.startTime()));
    for (int i = 0; i <= 100; i++) {
      double t = sde.startTime() + (sde.endTime() - sde.startTime()) * i / 100;
      Window window = at(sde.level(t));
      least = Math.min(least, window.half());
      widest = window.half() > widest.half() ? window : widest;
    }
    boolean steady = widest.half() <= STEADY * least;
    double half = widest.half();
    return new View(x, y, reach, steady ? Optional.of(new Window(x, y, half)) : Optional.empty());
  }

  /** The square at a noise level. */
  public Window at(NoiseLevel level) {
    return fixed.orElseGet(
        () ->
            new Window(
                level.alpha() * x,
                level.alpha() * y,
                Math.hypot(level.alpha() * reach, DEVIATIONS * level.sigma())));
  }
}
