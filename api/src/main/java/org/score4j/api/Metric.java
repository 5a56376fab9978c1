package org.score4j.api;

import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** A measure of how far samples are from data. */
@PluginService
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

  /** How many real examples it takes, if that is not the number of generated ones. */
  default int leastReal() {
    return leastExamples();
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

    private static final double NORMAL = 1.959964;

    /** Quantile 0.975 of Student's t with 1, 2, ... degrees of freedom. */
    private static final double[] STUDENT = {
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
      2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
      2.052, 2.048, 2.045, 2.042
    };

    /** That of a normal distribution: 1.96 standard errors to either side. */
    public static Interval normal(double value, double standardError) {
      return new Interval(value - 1.96 * standardError, value + 1.96 * standardError);
    }

    /**
     * That of a mean or another statistic whose standard error is estimated, by Student's t.
     *
     * @param value the statistic
     * @param standardError of it, estimated
     * @param degreesOfFreedom of the estimate, as in n - 1
     * @return empty if there is no degree of freedom, or nothing varied: equal numbers do not say
     *     how far others are
     */
    public static Optional<Interval> student(
        double value, double standardError, long degreesOfFreedom) {
      boolean known = standardError > 0 && Double.isFinite(value + standardError);
      if (!known || degreesOfFreedom < 1) {
        return Optional.empty();
      }
      double width =
          standardError
              * (degreesOfFreedom <= STUDENT.length
                  ? STUDENT[(int) degreesOfFreedom - 1]
                  : NORMAL + 2.42 / degreesOfFreedom);
      return Optional.of(new Interval(value - width, value + width));
    }

    /**
     * That of a share of independent trials (Wilson 1927, "Probable inference, the law of
     * succession, and statistical inference"), which lies in [0, 1] and has a width even where none
     * or all of the trials succeeded:
     *
     * <pre>
     *   (p + z^2 / 2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n),   p = successes / n
     * </pre>
     *
     * @param successes from 0 to {@code trials}
     * @param trials n, at least 1
     */
    public static Interval share(long successes, long trials) {
      double n = trials;
      double p = successes / n;
      double z2 = NORMAL * NORMAL;
      double center = p + z2 / (2 * n);
      double half = NORMAL * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
      return new Interval(
          successes == 0 ? 0 : (center - half) / (1 + z2 / n),
          successes == trials ? 1 : (center + half) / (1 + z2 / n));
    }

    /** The part of it that is possible, for numbers that have bounds. */
    public Interval within(double least, double most) {
      return new Interval(
          Math.min(most, Math.max(least, low)), Math.max(least, Math.min(most, high)));
    }
  }
}
