package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class InitializerTest {

  private static double[] draw(Initializer initializer, long seed, long... shape) {
    return Evaluation.of(
        tf -> initializer.values(tf, Shape.of(shape), tf.constant(new long[] {seed, 7})));
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
  }

  /** 73,728 draws: five standard errors of a uniform's variance are 1.7%. */
  @Test
  void fanAverageUniformOfAConvolutionHasVarianceScaleOverFanAverage() {
    double expected = 2.0 / (3 * 3 * (64 + 128) / 2);
    double[] values = draw(Initializer.fanAverageUniform(2), 1, 3, 3, 64, 128);
    assertEquals(1, variance(values) / expected, 0.017);
    double limit = Math.sqrt(3 * expected);
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertTrue(largest <= limit * (1 + 1e-6) && largest > 0.999 * limit, "largest " + largest);
  }

  /** 60,000 draws: five standard errors are 1.9%. */
  @Test
  void fanAverageUniformOfAMatrixCountsItsRowsAndColumns() {
    double[] values = draw(Initializer.fanAverageUniform(1), 2, 100, 600);
    assertEquals(1, variance(values) * 350, 0.019);
  }

  @Test
  void fanAverageUniformOfScaleZeroIsZero() {
    assertArrayEquals(new double[12], draw(Initializer.fanAverageUniform(0), 1, 3, 4));
  }

  /** 100,000 draws: five standard errors of a normal's variance are 2.3%, of its mean 0.016 sd. */
  @Test
  void normalHasItsStandardDeviationAndMeanZero() {
    double[] values = draw(Initializer.normal(16), 3, 100_000);
    assertEquals(1, variance(values) / 256, 0.023);
    assertEquals(0, Arrays.stream(values).average().orElseThrow(), 0.016 * 16);
  }

  @Test
  void constantIsTheSameEverywhere() {
    assertArrayEquals(new double[] {0.5, 0.5}, draw(Initializer.constant(0.5), 1, 2));
    assertArrayEquals(new double[] {0, 0}, draw(Initializer.zeros(), 1, 2));
    assertArrayEquals(new double[] {1, 1}, draw(Initializer.ones(), 1, 2));
  }

  @Test
  void valuesAreAFunctionOfTheSeed() {
    double[] first = draw(Initializer.normal(1), 4, 10);
    assertArrayEquals(first, draw(Initializer.normal(1), 4, 10));
    assertTrue(!Arrays.equals(first, draw(Initializer.normal(1), 5, 10)));
  }
}
