package org.score4j.metric;

import org.score4j.api.Metric;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Squared maximum mean discrepancy (Gretton et al. 2012, "A kernel two-sample test") of generated
 * and real examples, flattened, with the kernel
 *
 * <pre>
 *   k(x, y) = exp(-|x - y|^2 / (2 width^2)).
 * </pre>
 *
 * <p>One measurement, {@code mmd}, without bias: 0 on average for equal distributions, so that a
 * single result may be below 0. The interval is that of the choice of samples, the data held fixed.
 *
 * @param width of the kernel, in units of the data, above 0; 1 by default
 * @param limit examples of each kind to use at most, at least 2; 5000 by default
 */
@PluginName("mmd")
public record MeanDiscrepancy(double width, int limit) implements Metric {

  /** A kernel of width 1, over up to 5000 examples of each kind. */
  public MeanDiscrepancy() {
    this(1, 5000);
  }

  /** Checks the components. */
  public MeanDiscrepancy {
    Validation.begin().positive("width", width).atLeast("limit", limit, 2).end();
  }

  @Override
  public int leastExamples() {
    return 2;
  }

  @Override
  public Measuring start(Shape example) {
    return new KeptExamples(
        example, limit, (x, y) -> PairSums.of(kernel(), x, y).measurement("mmd"));
  }

  PairSums.Pairing kernel() {
    return (product, xx, yy) -> Math.exp(-Math.max(xx + yy - 2 * product, 0) / (2 * width * width));
  }
}
