package org.score4j.api;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/** A measure of how far samples are from data. */
public interface Metric {

  /**
   * Starts a measurement.
   *
   * @param example shape of one example
   * @throws InvalidValueException if the metric does not suit that shape
   */
  Measuring start(Shape example);

  /** A measurement under way: fed with batches, then asked for its result. */
  interface Measuring {
    /** Takes in generated examples: {@code count} of them, one after the other, row-major. */
    void generated(float[] values, int count);

    /** Takes in real examples: {@code count} of them, one after the other, row-major. */
    void real(float[] values, int count);

    /** The outcome. Called once, after all batches. */
    List<Measurement> result();
  }

  /**
   * A number with its name.
   *
   * @param name for tables and {@code metrics.jsonl}, such as {@code "energy-distance"}
   * @param value the number
   */
  record Measurement(String name, double value) {}
}
