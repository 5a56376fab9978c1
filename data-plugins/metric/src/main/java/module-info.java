/** Measures of the distance between samples and data. */
module org.score4j.metric {
  requires org.score4j.api;
}
