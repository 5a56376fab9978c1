/** Measures of the distance between samples and data. */
module org.score4j.metric {
  requires transitive org.score4j.api;

  exports org.score4j.metric;

  provides org.score4j.api.Metric with
      org.score4j.metric.EnergyDistance,
      org.score4j.metric.SlicedWasserstein;
}
