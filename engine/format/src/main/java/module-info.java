/**
 * Files: safetensors, pickles of torch, TFRecords, and files that are there whole or not at all.
 */
module org.score4j.format {
  requires transitive org.tensorflow.ndarray;
  requires tools.jackson.databind;

  exports org.score4j.format;
  exports org.score4j.format.text;
  exports org.score4j.format.torch;
}
