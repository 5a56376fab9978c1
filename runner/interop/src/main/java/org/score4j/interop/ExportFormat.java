package org.score4j.interop;

/** What a model can be exported as. */
public enum ExportFormat {
  /** Weights in a safetensors file, by the names that score4j gives them. */
  SAFETENSORS,

  /** Weights in a safetensors file, by the names and in the layouts of the network's authors. */
  REFERENCE,

  /** A TensorFlow SavedModel, which tells score and clean data without score4j. */
  SAVEDMODEL,

  /** A classifier as a TensorFlow graph with constant weights, which tells features and logits. */
  FROZEN
}
