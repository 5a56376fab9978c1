package org.score4j.format;

import java.nio.file.Path;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/** Tensors of a file, by name. */
public interface NamedTensors {

  /** The file. */
  Path path();

  /** Names of all tensors, in the file's order. */
  Set<String> names();

  /**
   * Shape of a tensor.
   *
   * @throws TensorFileException if there is none of that name
   */
  Shape shape(String name);

  /**
   * Values of a tensor as float32, row-major; exact for float32 and the narrower formats, rounded
   * for float64.
   *
   * @throws TensorFileException if there is none of that name, or it holds no floating-point
   *     numbers
   */
  float[] values(String name);
}
