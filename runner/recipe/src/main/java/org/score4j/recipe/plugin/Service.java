package org.score4j.recipe.plugin;

import java.util.Optional;
import java.util.stream.Stream;
import org.score4j.api.Classifier;
import org.score4j.api.Control;
import org.score4j.api.Corrector;
import org.score4j.api.Dataset;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.LearningRateSchedule;
import org.score4j.api.LinearOperator;
import org.score4j.api.Loss;
import org.score4j.api.LossWeight;
import org.score4j.api.Metric;
import org.score4j.api.Optimizer;
import org.score4j.api.Predictor;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;
import org.score4j.api.TimeGrid;

/** The services that a plugin can provide, with the words that messages use for them. */
public enum Service {
  /** {@link Dataset}. */
  DATASET(Dataset.class, "a dataset", "datasets"),
  /** {@link Sde}. */
  SDE(Sde.class, "an SDE", "SDEs"),
  /** {@link ScoreModel}. */
  SCORE_MODEL(ScoreModel.class, "a score model", "score models"),
  /** {@link Classifier}. */
  CLASSIFIER(Classifier.class, "a classifier", "classifiers"),
  /** {@link Loss}. */
  LOSS(Loss.class, "a loss", "losses"),
  /** {@link LossWeight}. */
  LOSS_WEIGHT(LossWeight.class, "a loss weight", "loss weights"),
  /** {@link TimeDistribution}. */
  TIME_DISTRIBUTION(TimeDistribution.class, "a time distribution", "time distributions"),
  /** {@link Optimizer}. */
  OPTIMIZER(Optimizer.class, "an optimizer", "optimizers"),
  /** {@link LearningRateSchedule}. */
  SCHEDULE(LearningRateSchedule.class, "a learning-rate schedule", "learning-rate schedules"),
  /** {@link Sampler}. */
  SAMPLER(Sampler.class, "a sampler", "samplers"),
  /** {@link Predictor}. */
  PREDICTOR(Predictor.class, "a predictor", "predictors"),
  /** {@link Corrector}. */
  CORRECTOR(Corrector.class, "a corrector", "correctors"),
  /** {@link TimeGrid}. */
  TIME_GRID(TimeGrid.class, "a time grid", "time grids"),
  /** {@link Control}. */
  CONTROL(Control.class, "a control", "controls"),
  /** {@link LinearOperator}. */
  LINEAR_OPERATOR(LinearOperator.class, "a linear operator", "linear operators"),
  /** {@link Metric}. */
  METRIC(Metric.class, "a metric", "metrics"),
  /** {@link FeatureExtractor}. */
  FEATURE_EXTRACTOR(FeatureExtractor.class, "a feature extractor", "feature extractors");

  private final Class<?> type;
  private final String one;
  private final String many;

  Service(Class<?> type, String one, String many) {
    this.type = type;
    this.one = one;
    this.many = many;
  }

  /** The service that an interface of the api stands for; empty for any other class. */
  public static Optional<Service> of(Class<?> type) {
    return Stream.of(values()).filter(service -> service.type == type).findFirst();
  }

  /** The interface of the api. */
  public Class<?> type() {
    return type;
  }

  /** As in "must be a sampler". */
  public String one() {
    return one;
  }

  /** As in "sampler". */
  public String label() {
    return one.substring(one.indexOf(' ') + 1);
  }

  /** As in "two samplers". */
  public String many() {
    return many;
  }
}
