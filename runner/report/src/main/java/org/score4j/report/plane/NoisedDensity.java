package org.score4j.report.plane;

import org.score4j.api.NoiseLevel;

/** The density p_t of noised data of the plane, {@code x_t = alpha x_0 + sigma z}. */
public interface NoisedDensity {

  /** On the cells of a square, at least 2 along a side. */
  DensityMap map(NoiseLevel level, Window window, int side);

  /** Of the first coordinate alone, at the middles of cells between a square's sides. */
  double[] marginal(NoiseLevel level, Window window, int cells);
}
