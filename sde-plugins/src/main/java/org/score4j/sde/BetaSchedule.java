package org.score4j.sde;

/** How the noise rates of {@link Ddpm} grow from step to step. */
public enum BetaSchedule {
  /** In equal increments from the smallest to the largest (Ho et al. 2020). */
  LINEAR {
    @Override
    double beta(int i, int steps, double betaMin, double betaMax) {
      return betaMin + i * ((betaMax - betaMin) / (steps - 1));
    }
  },

  /** Their square roots in equal increments (Rombach et al. 2022, latent diffusion). */
  SCALED_LINEAR {
    @Override
    double beta(int i, int steps, double betaMin, double betaMax) {
      double low = Math.sqrt(betaMin);
      double root = low + i * ((Math.sqrt(betaMax) - low) / (steps - 1));
      return root * root;
    }
  },

  /**
   * {@code min(1 - a(i + 1) / a(i), 0.999)} with {@code a(i) = cos^2((i / steps + 0.008) / 1.008
   * pi/2)} (Nichol and Dhariwal 2021, eq. 17).
   */
  COSINE {
    @Override
    double beta(int i, int steps, double betaMin, double betaMax) {
      // The cosines are sines of what is missing to pi/2, and 1 - (u/v)^2 = (v - u)(v + u) / v^2.
      double unit = Math.PI / 2 / 1.008 / steps;
      double before = (steps - i) * unit;
      double after = (steps - i - 1) * unit;
      double difference = 2 * Math.cos((before + after) / 2) * Math.sin(unit / 2);
      double v = Math.sin(before);
      return Math.min(difference * (v + Math.sin(after)) / (v * v), 0.999);
    }
  };

  /** The rate of step {@code i}, from 0 to {@code steps - 1}. */
  abstract double beta(int i, int steps, double betaMin, double betaMax);
}
