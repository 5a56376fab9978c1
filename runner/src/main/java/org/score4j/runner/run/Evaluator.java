package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.score4j.api.Examples;
import org.score4j.api.Metric;
import org.score4j.api.PixelRange;
import org.score4j.runner.label.SampleLabels;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.units.Units;

/** Holds samples against data by the recipe's metrics. */
public final class Evaluator {
  /** Examples of an endless density beyond those that training reads. */
  private static final long FRESH = 1L << 40;

  private final Recipe recipe;
  private final Examples examples;
  private final RealFeatures realFeatures;
  private final Manifest manifest;
  private final SampleLabels labels;

  /**
   * What samples are held against.
   *
   * @param examples the recipe's reference if there is one, else its data
   */
  public record Reference(Examples examples) {}

  @Inject
  Evaluator(
      Recipe recipe,
      Reference reference,
      RealFeatures realFeatures,
      Manifest manifest,
      SampleLabels labels) {
    this.recipe = recipe;
    this.examples = reference.examples();
    this.realFeatures = realFeatures;
    this.manifest = manifest;
    this.labels = labels;
  }

  /** What samples are compared with: examples of their class, if they are all of one. */
  private Examples compared() {
    return labels.like(examples);
  }

  /**
   * Starts to measure samples by the metrics that so many are enough for; endless densities give
   * fresh examples to hold them against.
   *
   * @throws InvalidValueException if a metric does not suit the data
   */
  public Evaluation begin(int count) {
    List<Metric> enough =
        recipe.evaluation().stream()
            .filter(metric -> metric.leastExamples() <= count && metric.leastReal() <= size())
            .toList();
    return new Evaluation(enough, compared(), realFeatures);
  }

  /** For each metric that so many samples, or the data, are too few for: what it takes. */
  List<String> tooFew(int count) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < recipe.evaluation().size(); i++) {
      Metric metric = recipe.evaluation().get(i);
      boolean samples = metric.leastExamples() > count;
      if (samples || metric.leastReal() > size()) {
        told.add(
            String.format(
                Locale.ROOT,
                "%s takes at least %d %s, found %d",
                manifest.metrics().get(i),
                samples ? metric.leastExamples() : metric.leastReal(),
                samples ? "samples" : "examples of the data" + labels.ofClass(examples),
                samples ? count : size()));
      }
    }
    return told;
  }

  /** Of what samples are compared with. */
  String fingerprint() {
    return compared().fingerprint();
  }

  private long size() {
    return compared().size().orElse(Long.MAX_VALUE);
  }

  /** Measures examples of other data, of the class of the samples, as if they were samples. */
  List<Metric.Measurement> measureData(Examples all, int wanted) {
    Examples data = labels.like(all);
    int count = (int) Math.min(wanted, data.size().orElse(Long.MAX_VALUE));
    try (Evaluation evaluation = begin(count)) {
      evaluation.generated(Units.of(data).ofData(real(data, 0, count, count)), count);
      return evaluation.result();
    }
  }

  /**
   * Examples in their own units: spread over a finite data set, fresh ones of a density.
   *
   * @param wanted how many; fewer are returned if there are not as many
   */
  public float[] real(int wanted) {
    Examples data = compared();
    int count = (int) Math.min(wanted, data.size().orElse(Long.MAX_VALUE));
    return Units.of(data).ofData(real(data, 0, count, count));
  }

  /**
   * Some of the examples that stand for all data, as the model sees them, row-major.
   *
   * @param first place of the first among those that stand for all
   * @param many how many from there
   * @param count how many stand for all
   */
  static float[] real(Examples examples, int first, int many, int count) {
    if (examples.size().isEmpty()) {
      return values(examples, FRESH + first, many);
    }
    var spread = new SpreadExamples(examples.size().getAsLong(), count);
    return values(examples, place -> spread.number(first + place), many);
  }

  /** Examples as the model sees them, one after the other, row-major. */
  static float[] values(Examples examples, long first, int count) {
    return values(examples, place -> first + place, count);
  }

  private static float[] values(Examples examples, IntToLongFunction numbers, int count) {
    int size = Math.toIntExact(examples.shape().size());
    Optional<PixelRange> pixels = examples.pixels();
    var buffer =
        ByteBuffer.allocate(size * (pixels.isPresent() ? 1 : Float.BYTES))
            .order(ByteOrder.nativeOrder());
    float[] values = new float[ArraySize.of("count", count, size)];
    for (int i = 0; i < count; i++) {
      buffer.clear();
      examples.read(numbers.applyAsLong(i), buffer);
      buffer.flip();
      for (int j = 0; j < size; j++) {
        values[i * size + j] =
            pixels.isPresent() ? pixels.get().fromByte(buffer.get()) : buffer.getFloat();
      }
    }
    return values;
  }
}
