package org.score4j.metric;

import java.util.List;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Metric.Measurement;
import org.score4j.api.Metric.Measuring;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

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

  /**
   * Nothing kept yet.
   *
   * @param example shape of one
   * @param limit of either kind
   * @throws InvalidValueException if so many are more than an array can hold
   */
  KeptExamples(Shape example, int limit, Comparison comparison) {
    this(room(example, limit), room(example, limit), comparison);
  }

  /**
   * Room for examples.
   *
   * @throws InvalidValueException if so many are more than an array can hold
   */
  static Points room(Shape example, int limit) {
    long elements = example.size();
    long most = Integer.MAX_VALUE / Math.max(elements, 1);
    Validation.begin()
        .rule(
            limit <= most,
            "limit",
            limit,
            "must be at most " + most + " for examples of " + elements + " elements")
        .end();
    return new Points((int) elements, limit);
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
