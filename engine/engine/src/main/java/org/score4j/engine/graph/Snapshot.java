package org.score4j.engine.graph;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.score4j.format.TensorFile;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/**
 * The variables of a program as they were at one moment. Later steps leave it alone: TensorFlow
 * copies a variable before it changes one that is still being looked at. It can be written by
 * another thread than the one that took it.
 */
public final class Snapshot implements AutoCloseable {
  private final Result result;
  private final Map<String, TFloat32> tensors = new LinkedHashMap<>();

  Snapshot(List<String> names, Result result) {
    this.result = result;
    for (int i = 0; i < names.size(); i++) {
      tensors.put(names.get(i), (TFloat32) result.get(i));
    }
  }

  /** Values by name, row-major. */
  public Map<String, float[]> values(String prefix) {
    Map<String, float[]> values = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix + "/")) {
            values.put(name.substring(prefix.length() + 1), read(tensor));
          }
        });
    return values;
  }

  /** The first tensor with a number that is not finite; empty if all are. */
  public Optional<String> notFinite() {
    return tensors.entrySet().stream()
        .filter(tensor -> !isFinite(tensor.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static float[] read(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** Whether all numbers of a tensor are finite. */
  public static boolean isFinite(TFloat32 tensor) {
    // Nought times anything finite is nought, and the sum of all then too.
    float sum = 0;
    for (float value : read(tensor)) {
      sum += value * 0f;
    }
    return sum == 0;
  }

  /**
   * Writes all tensors to a file.
   *
   * @throws java.io.UncheckedIOException if the disk refuses; no file of this name is then new or
   *     changed
   */
  public void write(Path path, Map<String, String> metadata) {
    var writer = new TensorFile.Writer(path, metadata);
    tensors.forEach(
        (name, tensor) -> writer.add(name, tensor.shape(), tensor.asRawTensor().data()));
    writer.write();
  }

  @Override
  public void close() {
    result.close();
  }
}
