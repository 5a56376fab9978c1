package org.score4j.report.plane;

import org.score4j.api.NoiseLevel;

/**
 * Noised data that are known by examples alone: as each of them noised is a Gaussian, their density
 * is that of a kernel estimate whose bandwidth is the noise itself,
 *
 * <pre>
 *   p_t(x) = sum_n N(x; alpha x_n, sigma^2 + h^2) / N,
 * </pre>
 *
 * <p>with an h that only shows where there is hardly any noise: a quarter of Scott's bandwidth, or
 * one and a half cells if that is more. The examples are counted by cells first.
 *
 * @param points shape [N, 2], N at least 1
 */
public record SampledPlane(float[] points) implements NoisedDensity {
  private static final double OF_SCOTT = 0.25;
  private static final double CELLS = 1.5;
  private static final double REACH = 4.5;

  @Override
  public DensityMap map(NoiseLevel level, Window window, int side) {
    double cell = 2 * window.half() / side;
    double[] counts = new double[side * side];
    for (int n = 0; n < points.length; n += 2) {
      int i = cell(level.alpha() * points[n] - window.x(), window, side);
      int j = cell(level.alpha() * points[n + 1] - window.y(), window, side);
      if (i >= 0 && j >= 0) {
        counts[j * side + i] += 2.0 / points.length / (cell * cell);
      }
    }
    double[] kernel = kernel(level, cell);
    double[] blurred = blurred(counts, kernel, side, 1, side);
    return new DensityMap(window, side, blurred(blurred, kernel, side, side, 1));
  }

  @Override
  public double[] marginal(NoiseLevel level, Window window, int cells) {
    double cell = 2 * window.half() / cells;
    double[] counts = new double[cells];
    for (int n = 0; n < points.length; n += 2) {
      int i = cell(level.alpha() * points[n] - window.x(), window, cells);
      if (i >= 0) {
        counts[i] += 2.0 / points.length / cell;
      }
    }
    return blurred(counts, kernel(level, cell), cells, 1, cells);
  }

  /** The standard deviation of the examples, over both dimensions. */
  public double standardDeviation() {
    double[] sum = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < points.length; i++) {
      sum[i % 2] += points[i];
      squares[i % 2] += (double) points[i] * points[i];
    }
    double count = points.length / 2.0;
    double variance = 0;
    for (int d = 0; d < 2; d++) {
      variance += (squares[d] / count - Math.pow(sum[d] / count, 2)) / 2;
    }
    return variance > 0 ? Math.sqrt(variance) : 1;
  }

  private static int cell(double fromCentre, Window window, int cells) {
    double place = Math.floor((fromCentre / window.half() + 1) / 2 * cells);
    return place >= 0 && place < cells ? (int) place : -1;
  }

  private double[] kernel(NoiseLevel level, double cell) {
    double scott = standardDeviation() * Math.pow(points.length / 2.0, -1.0 / 6);
    double width = Math.max(CELLS * cell, OF_SCOTT * level.alpha() * scott);
    double deviation = Math.hypot(level.sigma(), width) / cell;
    int reach = (int) Math.ceil(REACH * deviation);
    double[] half = new double[reach + 1];
    double sum = 0;
    for (int i = 0; i <= reach; i++) {
      half[i] = Math.exp(-0.5 * i * i / (deviation * deviation));
      sum += (i == 0 ? 1 : 2) * half[i];
    }
    for (int i = 0; i <= reach; i++) {
      half[i] /= sum;
    }
    return half;
  }

  /** Convolved along one axis with a symmetric kernel, of which half is given. */
  private static double[] blurred(double[] values, double[] half, int side, int along, int across) {
    double[] blurred = new double[values.length];
    for (int line = 0; line < values.length / side; line++) {
      for (int from = 0; from < side; from++) {
        double value = values[line * across + from * along];
        if (value == 0) {
          continue;
        }
        int first = Math.max(0, from - half.length + 1);
        int last = Math.min(side - 1, from + half.length - 1);
        for (int to = first; to <= last; to++) {
          blurred[line * across + to * along] += value * half[Math.abs(to - from)];
        }
      }
    }
    return blurred;
  }
}
