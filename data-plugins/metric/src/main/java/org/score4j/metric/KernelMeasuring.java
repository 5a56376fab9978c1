package org.score4j.metric;

import java.util.List;
import java.util.Optional;
import org.score4j.api.Metric;

/** A measurement of a squared maximum mean discrepancy. */
record KernelMeasuring(String name, KernelSums.Kernel kernel, Points generated, Points real)
    implements Metric.Measuring {
  private static final GroupBootstrap BOOTSTRAP = new GroupBootstrap(20, 400);

  KernelMeasuring(String name, KernelSums.Kernel kernel, int dimension, int limit) {
    this(name, kernel, new Points(dimension, limit), new Points(dimension, limit));
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
  public List<Metric.Measurement> result() {
    if (generated.count() < 2 || real.count() < 2) {
      throw new IllegalStateException(
          "%s needs two examples of each kind, but was given %d generated and %d real"
              .formatted(name, generated.count(), real.count()));
    }
    var sums = new KernelSums(kernel, generated, real, BOOTSTRAP.groups());
    double value = sums.unbiased();
    // With fewer, a group may be empty.
    boolean enough = generated.count() >= 10 * BOOTSTRAP.groups();
    var interval =
        enough
            ? Optional.of(BOOTSTRAP.interval(value, sums::unbiased))
            : Optional.<Metric.Interval>empty();
    return List.of(new Metric.Measurement(name, value, interval));
  }
}
