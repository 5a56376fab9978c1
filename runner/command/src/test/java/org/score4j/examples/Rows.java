package org.score4j.examples;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

/**
 * Float32 examples in memory.
 *
 * @param shape of one
 * @param values of all, row-major
 */
record Rows(Shape shape, float... values) implements Examples {
  @Override
  public OptionalLong size() {
    return OptionalLong.of(values.length / shape.size());
  }

  @Override
  public Optional<PixelRange> pixels() {
    return Optional.empty();
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public void read(long index, ByteBuffer into) {
    for (int i = 0; i < shape.size(); i++) {
      into.putFloat(values[(int) (index * shape.size()) + i]);
    }
  }

  @Override
  public String fingerprint() {
    return "rows";
  }
}
