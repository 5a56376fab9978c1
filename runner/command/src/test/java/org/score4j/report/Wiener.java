package org.score4j.report;

import org.score4j.api.Sde;

/** {@code dx = dw} from time 0.1 on. */
public record Wiener(double endTime) implements Sde {
  @Override
  public double drift(double t) {
    return 0;
  }

  @Override
  public double diffusion(double t) {
    return 1;
  }

  @Override
  public double alpha(double t) {
    return 1;
  }

  @Override
  public double sigma(double t) {
    return Math.sqrt(t);
  }

  @Override
  public double startTime() {
    return 0.1;
  }
}
