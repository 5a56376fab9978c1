package org.score4j.sampler;

/**
 * Which of T training steps a grid of N steps visits (Lin et al. 2024, "Common diffusion noise
 * schedules and sample steps are flawed", table 2); a step is numbered by how often noise was added
 * to the data to arrive at it, from T down to 1.
 */
public enum Spacing {
  /**
   * {@code 1 + (N - i) floor(T / N)}: equal steps up from the first, and what is left over in the
   * step from T, which the published grid leaves out although the prior is what x_T is.
   */
  LEADING {
    @Override
    double step(int i, int steps, int trainingSteps) {
      return 1 + (steps - i) * (trainingSteps / steps);
    }
  },

  /** {@code T - i T / N}, rounded: equal steps down from the last. */
  TRAILING {
    @Override
    double step(int i, int steps, int trainingSteps) {
      return Math.rint(trainingSteps - i * ((double) trainingSteps / steps));
    }
  },

  /** {@code 1 + (1 - i / N) (T - 1)}, rounded: equal steps from the last to the first. */
  LINSPACE {
    @Override
    double step(int i, int steps, int trainingSteps) {
      return 1 + Math.rint((steps - i) * ((trainingSteps - 1.0) / steps));
    }
  };

  /** The training step at which time number i of the grid stands, from 1 to {@code steps - 1}. */
  abstract double step(int i, int steps, int trainingSteps);
}
