package org.score4j.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.score4j.api.Examples;

/**
 * Batches of training examples: step n takes the positions from (n - 1) B to n B - 1 of a shuffled
 * order, so that the step's number alone is the position in the data.
 */
public final class BatchReader {
  private final Examples examples;
  private final int batchSize;
  private final long seed;
  private final ByteBuffer data;
  private final int[] labels;

  /**
   * A reader of batches.
   *
   * @param seed determines the order; a density without end is read in its own
   */
  public BatchReader(Examples examples, int batchSize, long seed) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.seed = seed;
    int elementBytes = examples.pixels().isPresent() ? 1 : Float.BYTES;
    long bytes = Math.multiplyExact(examples.shape().size() * elementBytes, batchSize);
    data = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    labels = new int[batchSize];
  }

  /**
   * Reads the batch of a step.
   *
   * @param step the step's number, from 1
   */
  public void read(long step) {
    data.clear();
    long first = (step - 1) * batchSize;
    for (int i = 0; i < batchSize; i++) {
      long position = first + i;
      long index =
          examples.size().isPresent()
              ? new ExampleOrder(seed, examples.size().getAsLong()).at(position)
              : position;
      examples.read(index, data);
      labels[i] = examples.classes() > 0 ? examples.label(index) : 0;
    }
    data.flip();
  }

  /** The batch last read, in native byte order; the next {@link #read} overwrites it. */
  public ByteBuffer data() {
    return data;
  }

  /** Classes of the batch last read; all 0 if the examples are not labelled. */
  public int[] labels() {
    return labels;
  }
}
