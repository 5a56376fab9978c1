package org.score4j.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.score4j.api.Metric;
import org.score4j.api.Metric.Measurement;
import org.tensorflow.ndarray.Shape;

/** Rows of numbers in a resource, and metrics of them. */
record Fixture(float[] values, int count) {

  static Fixture of(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream(name)) {
      String[] rows = new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim().split("\\s+");
      String[] numbers = String.join(",", rows).split(",");
      float[] values = new float[numbers.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(numbers[i]);
      }
      return new Fixture(values, rows.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int columns() {
    return values.length / count;
  }

  Points points() {
    var points = new Points(columns(), count);
    points.add(values, count);
    return points;
  }

  Measurement measure(Metric metric, Fixture real, int which) {
    Metric.Measuring measuring = metric.start(Shape.of(columns()));
    measuring.generated(values, count);
    measuring.real(real.values, real.count);
    return measuring.result().get(which);
  }
}
