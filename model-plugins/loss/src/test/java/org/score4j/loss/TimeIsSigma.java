package org.score4j.loss;

import org.score4j.api.Sde;

/** alpha = 1 and sigma = t from 0.002 to 80 (Karras et al. 2022). */
record TimeIsSigma() implements Sde {

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

  @Override
  public double startTime() {
    return 0.002;
  }

  @Override
  public double endTime() {
    return 80;
  }
}
