/** Measures of the distance between samples and data, and networks that they look through. */
module org.score4j.metric {
  requires transitive org.score4j.api;
  requires org.score4j.format;
  requires com.google.protobuf;

  exports org.score4j.metric;

  provides org.score4j.api.FeatureExtractor with
      org.score4j.metric.FashionMnistClassifier,
      org.score4j.metric.FrozenGraph,
      org.score4j.metric.SavedGraph;
  provides org.score4j.api.Metric with
      org.score4j.metric.EnergyDistance,
      org.score4j.metric.FrechetDistance,
      org.score4j.metric.InceptionScore,
      org.score4j.metric.KernelDistance,
      org.score4j.metric.MeanDiscrepancy,
      org.score4j.metric.ModeWeights,
      org.score4j.metric.PrecisionRecall,
      org.score4j.metric.SlicedWasserstein;
}
