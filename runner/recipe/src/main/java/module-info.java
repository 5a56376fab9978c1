/** Recipes: plugins found and described, JSON bound to them, checked and written. */
@SuppressWarnings("module") // Not all that may see the inside are built before.
module org.score4j.recipe {
  requires transitive org.score4j.engine;
  requires transitive tools.jackson.databind;

  exports org.score4j.recipe;
  exports org.score4j.recipe.json;
  exports org.score4j.recipe.plugin;
  exports org.score4j.recipe.schema to
      org.score4j,
      org.score4j.interop,
      org.score4j.report,
      org.score4j.runner;

  uses org.score4j.api.Classifier;
  uses org.score4j.api.Control;
  uses org.score4j.api.Corrector;
  uses org.score4j.api.Dataset;
  uses org.score4j.api.FeatureExtractor;
  uses org.score4j.api.LinearOperator;
  uses org.score4j.api.Loss;
  uses org.score4j.api.LossWeight;
  uses org.score4j.api.Metric;
  uses org.score4j.api.Optimizer;
  uses org.score4j.api.Predictor;
  uses org.score4j.api.Sampler;
  uses org.score4j.api.LearningRateSchedule;
  uses org.score4j.api.ScoreModel;
  uses org.score4j.api.Sde;
  uses org.score4j.api.TimeDistribution;
  uses org.score4j.api.TimeGrid;
}
