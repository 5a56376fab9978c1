package org.score4j.sampling;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

/**
 * Examples in memory, of the shape, pixels and classes of a run's own data.
 *
 * @param values row-major, in the units of the data; pixels are rounded to bytes
 * @param labels [B]; empty for any class
 * @param own the run's data
 */
public record GivenArrays(float[] values, int[] labels, Examples own) implements Examples {
  @Override
  public OptionalLong size() {
    return OptionalLong.of(values.length / own.shape().size());
  }

  @Override
  public Shape shape() {
    return own.shape();
  }

  @Override
  public Optional<PixelRange> pixels() {
    return own.pixels();
  }

  @Override
  public int classes() {
    return own.classes();
  }

  @Override
  public void read(long index, ByteBuffer into) {
    int size = Math.toIntExact(own.shape().size());
    for (int i = 0; i < size; i++) {
      float value = values[Math.toIntExact(index * size + i)];
      own.pixels()
          .ifPresentOrElse(
              range -> into.put((byte) range.toByte(value)), () -> into.putFloat(value));
    }
  }

  @Override
  public int label(long index) {
    return labels.length == 0 ? -1 : labels[(int) index];
  }

  @Override
  public String fingerprint() {
    return "in memory";
  }
}
