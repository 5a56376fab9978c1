package org.score4j.testkit;

import org.score4j.api.Sde;

/** {@code dx = -x dt + sqrt(2) dw} up to time 6; a class, with room for a fault. */
class OrnsteinUhlenbeck implements Sde {
  @Override
  public double drift(double t) {
    return -1;
  }

  @Override
  public double diffusion(double t) {
    return Math.sqrt(2);
  }

  @Override
  public double alpha(double t) {
    return Math.exp(-t);
  }

  @Override
  public double sigma(double t) {
    return Math.sqrt(-Math.expm1(-2 * t));
  }

  @Override
  public double startTime() {
    return 1e-3;
  }

  @Override
  public double endTime() {
    return 6;
  }
}
