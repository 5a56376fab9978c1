package org.score4j.api;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.tensorflow.ndarray.Shape;

/** Opened data: examples of one shape, read by number, from any thread. */
public interface Examples extends AutoCloseable {

  /**
   * How many there are; empty for a density of which example number n exists for every n &gt;= 0.
   */
  OptionalLong size();

  /** Shape of one example: [H, W, C] or [D]. */
  Shape shape();

  /**
   * How bytes become numbers when the examples are 8-bit images; empty when they are float32.
   *
   * @see PixelRange
   */
  Optional<PixelRange> pixels();

  /** Number of classes; 0 when the examples are not labelled. */
  int classes();

  /**
   * Writes an example at the buffer's position: a byte for each element when there are {@link
   * #pixels()}, else a float32 in the buffer's byte order.
   *
   * @param index its number, from 0
   * @throws IndexOutOfBoundsException if there is no example of that number
   */
  void read(long index, ByteBuffer into);

  /**
   * The class of an example, from 0 to {@link #classes()} - 1.
   *
   * @throws UnsupportedOperationException if the examples are not labelled
   */
  default int label(long index) {
    throw new UnsupportedOperationException("the examples are not labelled");
  }

  /** A digest of all that determines the examples: changed data, changed fingerprint. */
  String fingerprint();

  /** Releases files; does nothing unless overridden. */
  @Override
  default void close() {}
}
