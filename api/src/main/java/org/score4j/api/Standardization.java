package org.score4j.api;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The affine change of units between data y and what a model is trained on,
 *
 * <pre>  x = (y - mean) / deviation,    log p(y) = log p(x) - sum log deviation,</pre>
 *
 * with one mean and one deviation for each entry of the last axis: the channels of [H, W, C], the
 * columns of [D].
 *
 * @param mean of each entry of the last axis, in the units of the data
 * @param deviation of each entry of the last axis, in the units of the data; above 0
 */
public record Standardization(List<Double> mean, List<Double> deviation) {

  /** Checks that there are as many deviations as means, all usable as divisors. */
  public Standardization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Validation.begin()
        .rule(
            mean.stream().allMatch(Double::isFinite),
            "mean",
            mean,
            "must be made of finite numbers")
        .rule(
            deviation.size() == mean.size(),
            "deviation",
            deviation,
            "must have as many entries as mean (" + mean.size() + ")")
        .rule(
            deviation.stream().allMatch(d -> d > 0 && Double.isFinite(d)),
            "deviation",
            deviation,
            "must be made of finite numbers above 0")
        .end();
  }

  /** Changes examples, one after the other and row-major, from the data's units in place. */
  public void apply(float[] values) {
    int last = mean.size();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - mean.get(i % last)) / deviation.get(i % last));
    }
  }

  /** Changes examples, one after the other and row-major, back to the data's units in place. */
  public void undo(float[] values) {
    int last = mean.size();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * deviation.get(i % last) + mean.get(i % last));
    }
  }

  /** log |det dx/dy| of one example, in nats: what log p(x) gains to become log p(y). */
  public double logDeterminant(Shape example) {
    double perEntry = deviation.stream().mapToDouble(Math::log).sum();
    return -perEntry * example.size() / mean.size();
  }
}
