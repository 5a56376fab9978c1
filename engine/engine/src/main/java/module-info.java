/** Runs plugins on TensorFlow: graphs, parameters, kernels, training steps, checkpoints. */
module org.score4j.engine {
  requires transitive org.score4j.api;
  requires transitive org.score4j.format;
  requires transitive org.score4j.solver;
  requires com.google.protobuf;
  requires com.sun.jna;
  requires org.bytedeco.javacpp;
  requires tools.jackson.databind;

  exports org.score4j.engine.device;
  exports org.score4j.engine.export;
  exports org.score4j.engine.gradient;
  exports org.score4j.engine.graph;
  exports org.score4j.engine.label;
  exports org.score4j.engine.random;
  exports org.score4j.engine.sampling;
  exports org.score4j.engine.score;
  exports org.score4j.engine.size;
  exports org.score4j.engine.training;
  exports org.score4j.engine.weights;
}
