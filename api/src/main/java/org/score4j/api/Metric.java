package org.score4j.api;

import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** A measure of how far samples are from data. */
public interface Metric {

  /** What it measures in place of the examples themselves; empty if it measures those. */
  default Optional<Features> features() {
    return Optional.empty();
  }

  /**
   * What a network says of images. Metrics that name an equal extractor share its work.
   *
   * @param extractor the network
   * @param output which of its outputs
   */
  record Features(FeatureExtractor extractor, Output output) {}

  /** An output of a {@link FeatureExtractor}. */
  enum Output {
    /** Its last hidden layer. */
    FEATURES,
    /** Log-probabilities of its classes, up to a constant of each example. */
    LOGITS
  }

  /**
   * Whether examples are to be in the units of the data even if a model is trained on standardized
   * ones, because the metric's components are places among them. Others compare standardized
   * examples, of which every column counts alike.
   */
  default boolean takesOwnUnits() {
    return false;
  }

  /** How many examples it takes of each kind; a {@link Measuring} is given as many, or more. */
  default int leastExamples() {
    return 1;
  }

  /**
   * Starts a measurement.
   *
   * @param example shape of one example, or [D] if it measures {@link #features}
   * @throws InvalidValueException if the metric does not suit that shape
   */
  Measuring start(Shape example);

  /** A measurement under way: fed with batches, then asked for its result. */
  interface Measuring {
    /** Takes in generated examples: {@code count} of them, one after the other, row-major. */
    void generated(float[] values, int count);

    /** Takes in real examples: {@code count} of them, one after the other, row-major. */
    void real(float[] values, int count);

    /**
     * The outcome. Called once, after all batches.
     *
     * @throws IllegalStateException if there were too few examples; the message says how many it
     *     takes
     */
    List<Measurement> result();
  }

  /**
   * A number with its name.
   *
   * @param name for tables and {@code metrics.jsonl}, such as {@code "energy-distance"}
   * @param value the number
   * @param interval of confidence 95 %; empty if it is not known
   */
  record Measurement(String name, double value, Optional<Interval> interval) {

    /** A number of unknown accuracy. */
    public Measurement(String name, double value) {
      this(name, value, Optional.empty());
    }
  }

  /**
   * From where to where a number may lie.
   *
   * @param low the lower end
   * @param high the upper end
   */
  record Interval(double low, double high) {

    /** That of a normal distribution: 1.96 standard errors to either side. */
    public static Interval normal(double value, double standardError) {
      return new Interval(value - 1.96 * standardError, value + 1.96 * standardError);
    }
  }
}
