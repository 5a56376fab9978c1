package org.score4j.examples;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.size.ArraySize;

/** Examples as the model sees them, one after the other, row-major. */
public final class ExampleValues {
  /** Examples of an endless density beyond those that training reads. */
  private static final long FRESH = 1L << 40;

  private ExampleValues() {}

  /** Neighbors in the data set. */
  public static float[] of(Examples examples, long first, int count) {
    return of(examples, place -> first + place, count);
  }

  /**
   * Some of the examples that stand for all data: spread over a finite data set, fresh ones of a
   * density.
   *
   * @param first place of the first among those that stand for all
   * @param many how many from there
   * @param count how many stand for all
   */
  public static float[] spread(Examples examples, int first, int many, int count) {
    if (examples.size().isEmpty()) {
      return of(examples, FRESH + first, many);
    }
    var spread = new SpreadExamples(examples.size().getAsLong(), count);
    return of(examples, place -> spread.number(first + place), many);
  }

  private static float[] of(Examples examples, IntToLongFunction numbers, int count) {
    int size = Math.toIntExact(examples.shape().size());
    Optional<PixelRange> pixels = examples.pixels();
    var buffer =
        ByteBuffer.allocate(size * (pixels.isPresent() ? 1 : Float.BYTES))
            .order(ByteOrder.nativeOrder());
    float[] values = new float[ArraySize.of("count", count, size)];
    for (int i = 0; i < count; i++) {
      buffer.clear();
      examples.read(numbers.applyAsLong(i), buffer);
      buffer.flip();
      for (int j = 0; j < size; j++) {
        values[i * size + j] =
            pixels.isPresent() ? pixels.get().fromByte(buffer.get()) : buffer.getFloat();
      }
    }
    return values;
  }
}
