package org.score4j.interop.diffusers;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;
import org.tensorflow.ndarray.Shape;

/**
 * Tensors of several files.
 *
 * @param path of the list of files
 * @param places the file of each tensor
 */
record ShardedTensors(Path path, Map<String, NamedTensors> places) implements NamedTensors {
  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(places.keySet());
  }

  @Override
  public Shape shape(String name) {
    return of(name).shape(name);
  }

  @Override
  public float[] values(String name) {
    return of(name).values(name);
  }

  private NamedTensors of(String name) {
    if (!places.containsKey(name)) {
      throw new TensorFileException(path, "knows no tensor " + name);
    }
    return places.get(name);
  }
}
