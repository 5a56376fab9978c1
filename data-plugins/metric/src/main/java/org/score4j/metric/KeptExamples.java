package org.score4j.metric;

import java.util.List;
import org.score4j.api.Metric.Measurement;
import org.score4j.api.Metric.Measuring;

/**
 * A measurement that keeps examples, up to a limit, and compares them at the end.
 *
 * @param generated the first generated ones
 * @param real the first real ones
 * @param comparison of the two
 */
record KeptExamples(Points generated, Points real, Comparison comparison) implements Measuring {

  /** What is found of two sets of points. */
  interface Comparison {
    List<Measurement> of(Points generated, Points real);
  }

  /** Nothing kept yet, and never more than {@code limit} of either kind. */
  KeptExamples(int dimension, int limit, Comparison comparison) {
    this(new Points(dimension, limit), new Points(dimension, limit), comparison);
  }

  @Override
  public void generated(float[] values, int count) {
    generated.add(values, count);
  }

  @Override
  public void real(float[] values, int count) {
    real.add(values, count);
  }

  @Override
  public List<Measurement> result() {
    return comparison.of(generated, real);
  }
}
