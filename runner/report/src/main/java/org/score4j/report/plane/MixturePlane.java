package org.score4j.report.plane;

import java.util.List;
import org.score4j.api.MixtureComponent;
import org.score4j.api.NoiseLevel;

/**
 * Noised data of a Gaussian mixture, whose density and score are known: with v_k = alpha^2 sd_k^2 +
 * sigma^2 in each dimension,
 *
 * <pre>
 *   p_t(x) = sum_k w_k N(x; alpha mu_k, v_k) / sum_k w_k,
 *   grad log p_t(x) = sum_k r_k (alpha mu_k - x) / v_k,    r = softmax_k(ln w_k + ln N(x; alpha mu_k, v_k)).
 * </pre>
 *
 * @param components of two dimensions, at least one
 */
public record MixturePlane(List<MixtureComponent> components) implements NoisedDensity {

  @Override
  public DensityMap map(NoiseLevel level, Window window, int side) {
    double[] values = new double[side * side];
    for (MixtureComponent component : components) {
      double[] across = new double[side];
      double[] up = new double[side];
      for (int i = 0; i < side; i++) {
        across[i] = share(component) * normal(component, 0, level, window.cellX(i, side));
        up[i] = normal(component, 1, level, window.cellY(i, side));
      }
      for (int i = 0; i < values.length; i++) {
        values[i] += across[i % side] * up[i / side];
      }
    }
    return new DensityMap(window, side, values);
  }

  @Override
  public double[] marginal(NoiseLevel level, Window window, int cells) {
    double[] values = new double[cells];
    for (MixtureComponent component : components) {
      for (int i = 0; i < cells; i++) {
        values[i] += share(component) * normal(component, 0, level, window.cellX(i, cells));
      }
    }
    return values;
  }

  /** The score at a point: two numbers. */
  public double[] score(NoiseLevel level, double x, double y) {
    double[] point = {x, y};
    double[] logs = new double[components.size()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logs.length; k++) {
      MixtureComponent component = components.get(k);
      logs[k] = Math.log(component.weight());
      for (int d = 0; d < 2; d++) {
        double deviation = deviation(component, d, level);
        double z = (point[d] - level.alpha() * component.mean().get(d)) / deviation;
        logs[k] -= z * z / 2 + Math.log(deviation);
      }
      largest = Math.max(largest, logs[k]);
    }
    double sum = 0;
    double[] score = new double[2];
    for (int k = 0; k < logs.length; k++) {
      MixtureComponent component = components.get(k);
      double responsibility = Math.exp(logs[k] - largest);
      sum += responsibility;
      for (int d = 0; d < 2; d++) {
        double deviation = deviation(component, d, level);
        score[d] +=
            responsibility
                * (level.alpha() * component.mean().get(d) - point[d])
                / (deviation * deviation);
      }
    }
    return new double[] {score[0] / sum, score[1] / sum};
  }

  private double share(MixtureComponent component) {
    return component.weight() / components.stream().mapToDouble(MixtureComponent::weight).sum();
  }

  private static double deviation(MixtureComponent component, int dimension, NoiseLevel level) {
    return Math.hypot(level.alpha() * component.standardDeviation().get(dimension), level.sigma());
  }

  private static double normal(
      MixtureComponent component, int dimension, NoiseLevel level, double at) {
    double deviation = deviation(component, dimension, level);
    double z = (at - level.alpha() * component.mean().get(dimension)) / deviation;
    return Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI));
  }
}
