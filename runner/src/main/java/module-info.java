/** The runner: recipe, wiring, training, sampling, reports and the command line. */
module org.score4j.runner {
  requires org.score4j.api;
  requires org.score4j.engine;
  // Guice, an automatic module, cannot say that it needs Guava.
  requires com.google.common;
  requires com.google.guice;
  requires com.google.protobuf;
  requires info.picocli;
  requires jakarta.inject;
  requires java.desktop;
  requires jdk.management;
  requires org.jfree.jfreechart;
  requires org.slf4j;
  requires tools.jackson.databind;

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
  uses org.score4j.api.Schedule;
  uses org.score4j.api.ScoreModel;
  uses org.score4j.api.Sde;
  uses org.score4j.api.TimeDistribution;
  uses org.score4j.api.TimeGrid;

  opens org.score4j.runner.command to
      com.google.guice,
      info.picocli;
  opens org.score4j.runner.data to
      com.google.guice;
  opens org.score4j.runner.run to
      com.google.guice;
  opens org.score4j.runner.size to
      com.google.guice;
}
