package org.score4j.engine.sampling;

/**
 * Where the steps of a sampler follow each other. The random numbers are the same, and so are the
 * samples up to rounding: TensorFlow optimises the two graphs each in its own way.
 */
public enum LoopMode {
  /**
   * In the graph for data of shape [D] and a model whose evaluation is short (B times its
   * parameters up to 2^24), if that can be; else on the host, whose part of a step is then small.
   */
  AUTO,

  /** On the host, which runs the graph once for each kernel. */
  HOST,

  /**
   * In the graph, which runs many kernels at once. Not for samplers whose steps depend on what a
   * kernel reports, or differ from sample to sample.
   */
  GRAPH
}
