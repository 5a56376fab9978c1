/** Runs plugins on TensorFlow: graphs, parameters, kernels, training steps, checkpoints. */
module org.score4j.engine {
  requires transitive org.score4j.api;
  requires transitive org.score4j.solver;
  requires com.google.protobuf;
  requires org.bytedeco.javacpp;
  requires tools.jackson.databind;

  exports org.score4j.engine;
}
