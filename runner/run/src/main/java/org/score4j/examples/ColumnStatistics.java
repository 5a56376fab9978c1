package org.score4j.examples;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;

/**
 * Mean, sum of squared deviations and range of each entry of the last axis of float32 examples, in
 * double: of each block in two passes, and of all blocks together by
 *
 * <pre>
 *   d = mean_b - mean_a,   mean = mean_a + d n_b / (n_a + n_b),
 *   M = M_a + M_b + d^2 n_a n_b / (n_a + n_b)
 * </pre>
 *
 * <p>(Chan, Golub and LeVeque 1983, "Algorithms for computing the sample variance", eq. 1.5), block
 * after block in their order: the same bits on any number of processors.
 *
 * @param count numbers of each entry
 * @param mean of each entry
 * @param squares sum of squared deviations from the mean, of each entry
 * @param low least number of each entry
 * @param high largest number of each entry
 */
record ColumnStatistics(long count, double[] mean, double[] squares, double[] low, double[] high) {
  private static final long NUMBERS_AT_ONCE = 1 << 18;

  /**
   * Reads all examples, in parallel.
   *
   * @throws InvalidValueException if there is none, or a number is not finite
   */
  static ColumnStatistics of(Examples examples) {
    long size = examples.size().orElseThrow();
    if (size == 0) {
      throw new InvalidValueException("data", "no examples", "must hold at least one example");
    }
    long block = Math.max(1, NUMBERS_AT_ONCE / Math.max(1, examples.shape().size()));
    LongFunction<ColumnStatistics> ofBlock =
        b -> ofBlock(examples, b * block, Math.min(size, (b + 1) * block));
    long blocks = (size + block - 1) / block;
    try {
      return LongStream.range(0, blocks).parallel().mapToObj(ofBlock).toList().stream()
          .reduce(ColumnStatistics::with)
          .orElseThrow();
    } catch (InvalidValueException e) {
      // Of several faults the first in the file is reported, whatever the threads.
      LongStream.range(0, blocks).forEach(ofBlock::apply);
      throw e;
    }
  }

  private static ColumnStatistics ofBlock(Examples examples, long first, long end) {
    int size = Math.toIntExact(examples.shape().size());
    int columns = (int) examples.shape().get(examples.shape().numDimensions() - 1);
    float[] values = new float[Math.toIntExact((end - first) * size)];
    ByteBuffer buffer = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.nativeOrder());
    for (long n = first; n < end; n++) {
      examples.read(n, buffer.clear());
      buffer.flip().asFloatBuffer().get(values, (int) (n - first) * size, size);
    }
    double[] mean = new double[columns];
    double[] low = new double[columns];
    double[] high = new double[columns];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    long count = values.length / columns;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidValueException(
            "data",
            values[i] + " at place " + i % size + " of example " + (first + i / size),
            "must hold finite numbers");
      }
      int c = i % columns;
      mean[c] += values[i];
      low[c] = Math.min(low[c], values[i]);
      high[c] = Math.max(high[c], values[i]);
    }
    for (int c = 0; c < columns; c++) {
      mean[c] /= count;
    }
    double[] squares = new double[columns];
    for (int i = 0; i < values.length; i++) {
      double deviation = values[i] - mean[i % columns];
      squares[i % columns] += deviation * deviation;
    }
    return new ColumnStatistics(count, mean, squares, low, high);
  }

  private ColumnStatistics with(ColumnStatistics other) {
    double[] together = new double[mean.length];
    double[] sum = new double[mean.length];
    double[] least = new double[mean.length];
    double[] largest = new double[mean.length];
    double all = count + other.count;
    for (int c = 0; c < mean.length; c++) {
      double apart = other.mean[c] - mean[c];
      together[c] = mean[c] + apart * (other.count / all);
      sum[c] = squares[c] + other.squares[c] + apart * apart * (count * (other.count / all));
      least[c] = Math.min(low[c], other.low[c]);
      largest[c] = Math.max(high[c], other.high[c]);
    }
    return new ColumnStatistics(count + other.count, together, sum, least, largest);
  }

  int columns() {
    return mean.length;
  }

  /** Whether all numbers of an entry are the same. */
  boolean constant(int column) {
    return low[column] == high[column];
  }

  /**
   * The standard deviation of an entry. A constant one varies by less than float32 can tell, so its
   * deviation is a quarter of the distance of float32 numbers there: samples come out as the
   * constant.
   */
  double deviation(int column) {
    if (!constant(column)) {
      return Math.sqrt(squares[column] / count);
    }
    return (low[column] == 0 ? Math.ulp(1f) : Math.ulp((float) low[column])) / 4.0;
  }

  /** The mean of an entry; that of a constant is the constant, without rounding. */
  double center(int column) {
    return constant(column) ? low[column] : mean[column];
  }
}
