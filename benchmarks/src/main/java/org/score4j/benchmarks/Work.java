package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.score4j.api.Precision;

/**
 * What a worker does.
 *
 * @param kind the task
 * @param recipe of the network; any file for a matrix product
 * @param batch examples at once; size of a matrix
 * @param precision arithmetic
 * @param folder where the files of the network are
 * @param threads of one operation
 */
record Work(Kind kind, Path recipe, int batch, Precision precision, Path folder, int threads) {

  /** The tasks. */
  enum Kind {
    OUR_FORWARD,
    OUR_STEP,
    OUR_GRADIENTS,
    OUR_SAMPLE,
    OUR_CHECKPOINT,
    PRODUCTS_OF_FORWARD,
    PRODUCTS_OF_STEP,
    TORCH_FORWARD,
    TORCH_STEP,
    TORCH_GRADIENTS,
    MATRIX_PRODUCT
  }

  static Work parse(String[] words) {
    return new Work(
        Kind.valueOf(words[0]),
        Path.of(words[1]),
        Integer.parseInt(words[2]),
        Precision.valueOf(words[3]),
        Path.of(words[4]),
        Integer.parseInt(words[5]));
  }

  List<String> words() {
    return List.of(
        kind.name(),
        recipe.toString(),
        Integer.toString(batch),
        precision.name(),
        folder.toString(),
        Integer.toString(threads));
  }

  /** Prepares the task. */
  Task task() {
    Path weights = folder.resolve(OurTraining.CHECKPOINT);
    return switch (kind) {
      case OUR_FORWARD -> new OurForward(Subject.of(recipe), batch, precision, weights);
      case OUR_STEP -> new OurStep(Subject.of(recipe), batch, precision);
      case OUR_GRADIENTS ->
          new OurGradients(Subject.withoutDropout(recipe), batch, precision, weights);
      case OUR_SAMPLE -> new OurSample(Subject.of(recipe), batch, precision, weights);
      case OUR_CHECKPOINT ->
          new OurCheckpoint(Subject.of(recipe), folder.resolve("checkpoint.safetensors"));
      case PRODUCTS_OF_FORWARD ->
          new OurProducts(Subject.of(recipe), batch, precision, false, threads);
      case PRODUCTS_OF_STEP -> new OurProducts(Subject.of(recipe), batch, precision, true, threads);
      case TORCH_FORWARD -> new TorchForward(Subject.of(recipe), batch, folder, threads);
      case TORCH_STEP -> new TorchStep(Subject.of(recipe), batch, folder, threads);
      case TORCH_GRADIENTS -> new TorchGradients(Subject.of(recipe), batch, folder, threads);
      case MATRIX_PRODUCT -> new MatrixProduct(batch, precision, threads);
    };
  }
}
