package org.score4j.sampler;

import org.score4j.api.Sde;

/** A process known at some levels, those of most noise first, at times N, ..., 2, 1. */
record Levels(double[] alphas, double[] sigmas) implements Sde {
  @Override
  public double alpha(double t) {
    return alphas[alphas.length - (int) t];
  }

  @Override
  public double sigma(double t) {
    return sigmas[sigmas.length - (int) t];
  }

  @Override
  public double drift(double t) {
    throw new UnsupportedOperationException("a discrete process");
  }

  @Override
  public double diffusion(double t) {
    throw new UnsupportedOperationException("a discrete process");
  }

  @Override
  public double startTime() {
    return 1;
  }

  @Override
  public double endTime() {
    return alphas.length;
  }
}
