/** The contracts between score4j's plugins and whatever runs them. */
module org.score4j.api {
  requires transitive tensorflow;
  requires transitive org.tensorflow.ndarray;
  requires static org.jspecify;

  exports org.score4j.api;
}
