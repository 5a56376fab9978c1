package org.score4j.report.tensorboard;

import java.util.Optional;
import org.tensorflow.proto.HistogramProto;

/** Counts of numbers in equal intervals between their least and their largest. */
final class Histogram {
  private static final int BUCKETS = 30;

  private Histogram() {}

  /** The histogram of the finite ones among some numbers; empty if there is none. */
  static Optional<HistogramProto> of(float[] numbers) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (float number : numbers) {
      if (Float.isFinite(number)) {
        low = Math.min(low, number);
        high = Math.max(high, number);
        sum += number;
        squares += (double) number * number;
        count++;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    double[] counts = new double[BUCKETS];
    double width = (high - low) / BUCKETS;
    for (float number : numbers) {
      if (Float.isFinite(number)) {
        int bucket = width > 0 ? (int) ((number - low) / width) : 0;
        counts[Math.min(bucket, BUCKETS - 1)]++;
      }
    }
    var histogram =
        HistogramProto.newBuilder()
            .setMin(low)
            .setMax(high)
            .setNum(count)
            .setSum(sum)
            .setSumSquares(squares);
    for (int i = 0; i < BUCKETS; i++) {
      histogram.addBucketLimit(i == BUCKETS - 1 ? high : low + (i + 1) * width);
      histogram.addBucket(counts[i]);
    }
    return Optional.of(histogram.build());
  }
}
