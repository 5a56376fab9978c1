package org.score4j.engine.graph;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.score4j.format.TensorFile;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The variables of a model with the values of a checkpoint, as constants where they can be. */
public final class ConstantParameters {
  // A constant is held eight times over while TensorFlow rewrites the graph, which ends at 2 GB.
  private static final long MOST_BYTES = 256 << 20;

  private final StoredParameters stored;
  private final String path;
  private final long mostBytes;
  private Optional<TensorFile> opened = Optional.empty();

  /**
   * Parameters.
   *
   * @param path under which the model has its variables
   */
  public ConstantParameters(StoredParameters stored, String path) {
    this(stored, path, MOST_BYTES);
  }

  public ConstantParameters(StoredParameters stored, String path, long mostBytes) {
    this.stored = stored;
    this.path = path + "/";
    this.mostBytes = mostBytes;
  }

  /** Whether a variable is the model's. */
  boolean has(String name) {
    return name.startsWith(path);
  }

  /** What the checkpoint calls a variable. */
  String tensor(String name) {
    return stored.prefix() + "/" + name.substring(path.length());
  }

  /** Whether a tensor of the checkpoint is something else. */
  boolean isNot(String tensor) {
    return !tensor.startsWith(stored.prefix() + "/");
  }

  /** The checkpoint. */
  TensorFile file() {
    TensorFile file = opened.orElseGet(stored.checkpoint());
    opened = Optional.of(file);
    return file;
  }

  /** A variable's value; empty if it is not the model's, too large, or not what the file holds. */
  Optional<Operand<TFloat32>> constant(Ops tf, String name, Shape shape) {
    if (!has(name) || bytes() > mostBytes) {
      return Optional.empty();
    }
    String tensor = tensor(name);
    if (!file().contains(tensor) || !file().shape(tensor).equals(shape)) {
      return Optional.empty();
    }
    try (TFloat32 value =
        TFloat32.tensorOf(shape, DataBuffers.of(FloatBuffer.wrap(file().floats(tensor))))) {
      return Optional.of(tf.constantOf(value));
    }
  }

  private long bytes() {
    return file().names().stream()
        .filter(name -> name.startsWith(stored.prefix() + "/"))
        .mapToLong(name -> file().shape(name).size() * Float.BYTES)
        .sum();
  }
}
