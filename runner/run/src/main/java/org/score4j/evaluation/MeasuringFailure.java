package org.score4j.evaluation;

import java.util.List;
import org.score4j.api.Metric.Measurement;

/** A metric that came to no number. */
public final class MeasuringFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private MeasuringFailure(Measurement measurement) {
    super(
        measurement.name()
            + " is "
            + measurement.value()
            + " and not a finite number: samples or data are too large or too few for this metric;"
            + " samples that were drawn are kept, and runner evaluate --set 'evaluation=[...]'"
            + " measures others");
  }

  /**
   * Measurements whose values are finite; an interval that is not is left out.
   *
   * @throws MeasuringFailure if a value is not finite
   */
  static List<Measurement> finite(List<Measurement> measurements) {
    return measurements.stream().map(MeasuringFailure::finite).toList();
  }

  private static Measurement finite(Measurement measurement) {
    if (!Double.isFinite(measurement.value())) {
      throw new MeasuringFailure(measurement);
    }
    return new Measurement(
        measurement.name(),
        measurement.value(),
        measurement
            .interval()
            .filter(each -> Double.isFinite(each.low()) && Double.isFinite(each.high())));
  }
}
