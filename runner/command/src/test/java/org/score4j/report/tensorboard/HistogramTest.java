package org.score4j.report.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.HistogramProto;

class HistogramTest {

  @Test
  void everyFiniteNumberIsCountedInItsInterval() {
    float[] numbers = {-3, 3, 0.05f, Float.NaN, 3, Float.POSITIVE_INFINITY, -2.95f};
    HistogramProto histogram = Histogram.of(numbers).orElseThrow();
    assertEquals(-3, histogram.getMin());
    assertEquals(3, histogram.getMax());
    assertEquals(5, histogram.getNum());
    assertEquals(0.1, histogram.getSum(), 1e-6);
    assertEquals(27 + 0.0025 + 2.95 * 2.95, histogram.getSumSquares(), 1e-5);
    // 30 intervals of 0.2: the first ends at -2.8, the sixteenth begins at 0.
    assertEquals(2, histogram.getBucket(0));
    assertEquals(-2.8, histogram.getBucketLimit(0), 1e-12);
    assertEquals(1, histogram.getBucket(15));
    assertEquals(2, histogram.getBucket(29));
    assertEquals(3, histogram.getBucketLimit(29));
    assertEquals(5, histogram.getBucketList().stream().mapToDouble(b -> b).sum());
  }

  @Test
  void equalNumbersAreOneInterval() {
    HistogramProto histogram = Histogram.of(new float[] {2, 2, 2}).orElseThrow();
    assertEquals(3, histogram.getBucket(0));
  }

  @Test
  void nothingFiniteIsNoHistogram() {
    assertTrue(Histogram.of(new float[] {Float.NaN}).isEmpty());
  }
}
