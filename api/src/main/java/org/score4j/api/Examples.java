package org.score4j.api;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
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

  /**
   * Names of the classes, in the order of their labels, such as those of folders; empty when the
   * classes have no names.
   */
  default List<String> classNames() {
    return List.of();
  }

  /**
   * The share of the examples that each class has, [classes]; 0 for a class without examples.
   * Counts the labels unless overridden; equal shares for a density of unlimited size.
   */
  default double[] classShares() {
    double[] shares = new double[classes()];
    if (size().isEmpty()) {
      Arrays.fill(shares, 1.0 / Math.max(1, shares.length));
      return shares;
    }
    long size = size().getAsLong();
    for (long index = 0; index < size && shares.length > 0; index++) {
      shares[label(index)]++;
    }
    Arrays.setAll(shares, c -> shares[c] / size);
    return shares;
  }

  /**
   * The standardization that {@link #read} has already applied to float32 examples; empty when it
   * gives them in their own units.
   */
  default Optional<Standardization> standardization() {
    return Optional.empty();
  }

  /**
   * What the user should know about how the data were read, such as files that were passed over: a
   * sentence each, possibly empty. Reading the data again gives the same.
   */
  default List<String> warnings() {
    return List.of();
  }

  /** A digest of all that determines the examples: changed data, changed fingerprint. */
  String fingerprint();

  /** Releases files; does nothing unless overridden. */
  @Override
  default void close() {}
}
