package org.score4j.evaluation;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.score4j.api.Examples;
import org.score4j.api.Metric;
import org.score4j.examples.ExampleValues;
import org.score4j.examples.Reference;
import org.score4j.examples.Units;
import org.score4j.folder.Manifest;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;

/** Holds samples against data by the recipe's metrics. */
public final class Evaluator {
  private final Recipe recipe;
  private final Examples examples;
  private final RealFeatures realFeatures;
  private final Manifest manifest;
  private final SampleLabels labels;

  @Inject
  public Evaluator(
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
   * @throws org.score4j.api.InvalidValueException if a metric does not suit the data
   */
  public Evaluation begin(int count) {
    List<Metric> enough =
        recipe.evaluation().stream()
            .filter(metric -> metric.leastExamples() <= count && metric.leastReal() <= size())
            .toList();
    return new Evaluation(enough, compared(), realFeatures);
  }

  /** For each metric that so many samples, or the data, are too few for: what it takes. */
  public List<String> tooFew(int count) {
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
      evaluation.generated(
          Units.of(data).ofData(ExampleValues.spread(data, 0, count, count)), count);
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
    return Units.of(data).ofData(ExampleValues.spread(data, 0, count, count));
  }
}
