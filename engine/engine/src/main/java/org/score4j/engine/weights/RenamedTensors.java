package org.score4j.engine.weights;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.score4j.format.NamedTensors;
import org.tensorflow.ndarray.Shape;

/**
 * Tensors under other names than those of their file.
 *
 * @param originals the names in the file, by the names here
 */
public record RenamedTensors(NamedTensors tensors, Map<String, String> originals)
    implements NamedTensors {

  @Override
  public Path path() {
    return tensors.path();
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(originals.keySet());
  }

  @Override
  public Shape shape(String name) {
    return tensors.shape(originals.getOrDefault(name, name));
  }

  @Override
  public float[] values(String name) {
    return tensors.values(originals.getOrDefault(name, name));
  }
}
