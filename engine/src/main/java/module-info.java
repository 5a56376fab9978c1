/** Runs plugins on TensorFlow: graphs, parameters, kernels, training steps, checkpoints. */
module org.score4j.engine {
  requires transitive org.score4j.api;
  requires tools.jackson.databind;

  exports org.score4j.engine;
}
