package org.score4j.engine.sampling;

import org.score4j.api.Sde;

/** dx = sqrt(2 t) dw: alpha = 1, sigma = t. */
public record SigmaIsTime(double startTime, double endTime) implements Sde {
  @Override
  public double drift(double t) {
    return 0;
  }

  @Override
  public double diffusion(double t) {
    return Math.sqrt(2 * t);
  }

  @Override
  public double alpha(double t) {
    return 1;
  }

  @Override
  public double sigma(double t) {
    return t;
  }
}
