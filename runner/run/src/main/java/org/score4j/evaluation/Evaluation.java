package org.score4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.FeatureExtractor.Extracted;
import org.score4j.api.FeatureExtractor.Extraction;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Metric;
import org.score4j.api.Metric.Features;
import org.score4j.api.Metric.Measuring;
import org.score4j.api.Metric.Output;
import org.score4j.examples.ExampleValues;
import org.score4j.examples.Units;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.sampling.Generator;
import org.tensorflow.ndarray.Shape;

/**
 * Metrics under way: given samples batch by batch, then asked for what they found. Nothing is kept
 * of a sample but what a metric keeps. Metrics with equal extractors share its work. Samples and
 * data are compared in the units of the model, in which every column counts alike, unless a metric
 * {@link Metric#takesOwnUnits() names places} among the data.
 */
public final class Evaluation implements AutoCloseable {
  private static final int BATCH = 250;

  private final List<Metric> metrics;
  private final Examples examples;
  private final RealFeatures realFeatures;
  private final Units units;
  private final Map<Integer, Measuring> measuring = new HashMap<>();
  private final Map<FeatureExtractor, Extraction> extractions = new LinkedHashMap<>();
  private int generated;

  Evaluation(List<Metric> metrics, Examples examples, RealFeatures realFeatures) {
    this.metrics = metrics;
    this.examples = examples;
    this.realFeatures = realFeatures;
    this.units = Units.of(examples);
    try {
      for (int m = 0; m < metrics.size(); m++) {
        Optional<Features> features = metrics.get(m).features();
        if (features.isPresent()) {
          extractions.computeIfAbsent(features.get().extractor(), this::open);
        } else {
          measuring.put(m, metrics.get(m).start(examples.shape()));
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Extraction open(FeatureExtractor extractor) {
    return extractor.open(
        examples.shape(),
        examples
            .pixels()
            .orElseThrow(() -> new BadInput("evaluation: features are of images, not of points")));
  }

  /**
   * Opens the data if any are to be read, so that missing ones are reported before samples are
   * drawn.
   *
   * @throws BadInput if they cannot be read
   */
  public void checkReal() {
    int all = (int) Math.min(Integer.MAX_VALUE, examples.size().orElse(0));
    boolean kept =
        metrics.stream().allMatch(metric -> metric.features().isPresent())
            && extractions.values().stream()
                .allMatch(each -> realFeatures.has(examples, all, each));
    if (!kept && all > 0) {
      ExampleValues.of(examples, 0, 1);
    }
  }

  /** Takes in samples, one after the other, row-major, in the units of the data. */
  public void generated(float[] values, int count) {
    Generator.refuseNonFinite(values, count);
    generated += count;
    float[] ofModel = units.ofModel(values);
    for (int m = 0; m < metrics.size(); m++) {
      if (metrics.get(m).features().isEmpty()) {
        boolean own = metrics.get(m).takesOwnUnits();
        measuring.get(m).generated(own ? values : ofModel, count);
      }
    }
    int size = Math.toIntExact(examples.shape().size());
    extractions.forEach(
        (extractor, extraction) -> {
          for (int first = 0; first < count; first += BATCH) {
            int many = Math.min(BATCH, count - first);
            float[] batch = Arrays.copyOfRange(values, first * size, (first + many) * size);
            feed(extractor, extraction.extract(batch, many), many, Measuring::generated);
          }
        });
  }

  private interface Feed {
    void to(Measuring measuring, float[] values, int count);
  }

  private void feed(FeatureExtractor extractor, Extracted extracted, int count, Feed feed) {
    for (int m = 0; m < metrics.size(); m++) {
      Metric metric = metrics.get(m);
      Optional<Features> features = metric.features();
      if (features.isPresent() && features.get().extractor().equals(extractor)) {
        boolean logits = features.get().output() == Output.LOGITS;
        float[] values = logits ? extracted.logits() : extracted.features();
        checkExtracted(extractor, logits ? "logits" : "features", values, count);
        Shape shape = Shape.of(values.length / count);
        feed.to(measuring.computeIfAbsent(m, unused -> metric.start(shape)), values, count);
      }
    }
  }

  private static void checkExtracted(
      FeatureExtractor extractor, String output, float[] values, int count) {
    boolean finite = true;
    for (float value : values) {
      finite &= Float.isFinite(value);
    }
    if (!finite || values.length == 0 || values.length % count != 0) {
      throw new InvalidValueException(
          "evaluation",
          extractor,
          "must have an extractor that gives finite "
              + output
              + ", as many for each image, but it gives "
              + (finite ? values.length + " numbers for " + count + " images" : "others"));
    }
  }

  /**
   * The outcome, in the order of the metrics: by examples, against as many real ones as there are
   * samples; by features, against all there are.
   *
   * @throws MeasuringFailure if a metric came to no finite number
   */
  public List<Metric.Measurement> result() {
    int count = (int) Math.min(generated, examples.size().orElse(Long.MAX_VALUE));
    if (metrics.stream().anyMatch(metric -> metric.features().isEmpty())) {
      real(count);
    }
    int all = (int) examples.size().orElse(generated);
    extractions.forEach(
        (extractor, extraction) ->
            feed(extractor, realFeatures.of(examples, all, extraction), all, Measuring::real));
    List<Metric.Measurement> measurements = new ArrayList<>();
    for (int m = 0; m < metrics.size(); m++) {
      measurements.addAll(MeasuringFailure.finite(measuring.get(m).result()));
    }
    return measurements;
  }

  private void real(int count) {
    for (int first = 0; first < count; first += BATCH) {
      int many = Math.min(BATCH, count - first);
      float[] batch = ExampleValues.spread(examples, first, many, count);
      float[] ofData = units.ofData(batch);
      for (int m = 0; m < metrics.size(); m++) {
        if (metrics.get(m).features().isEmpty()) {
          measuring.get(m).real(metrics.get(m).takesOwnUnits() ? ofData : batch, many);
        }
      }
    }
  }

  @Override
  public void close() {
    extractions.values().forEach(Extraction::close);
  }
}
