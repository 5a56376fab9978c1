package org.score4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.tensorflow.ndarray.Shape;

class ColumnStatisticsTest {

  /** More than one block, far from 0: a sum of squares in float would hold nothing of it. */
  @Test
  void farFromZeroTheDeviationIsThatOfTheNumbersThere() {
    Random random = new Random(1);
    int count = 400_000;
    float[] values = new float[2 * count];
    double[] sums = new double[2];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float) (i % 2 == 0 ? 1e6 + 30 * random.nextGaussian() : 1e-6 * random.nextGaussian());
      sums[i % 2] += values[i];
    }
    double[] squares = new double[2];
    for (int i = 0; i < values.length; i++) {
      squares[i % 2] += Math.pow(values[i] - sums[i % 2] / count, 2);
    }
    ColumnStatistics found = ColumnStatistics.of(new Rows(Shape.of(2), values));
    for (int c = 0; c < 2; c++) {
      double deviation = Math.sqrt(squares[c] / count);
      assertEquals(sums[c] / count, found.center(c), 1e-12 * Math.abs(sums[c] / count) + 1e-18);
      assertEquals(deviation, found.deviation(c), 1e-9 * deviation);
    }
    ColumnStatistics again = ColumnStatistics.of(new Rows(Shape.of(2), values));
    assertArrayEquals(found.mean(), again.mean(), 0);
    assertArrayEquals(found.squares(), again.squares(), 0);
  }

  @Test
  void channelsAreTheLastAxis() {
    float[] image = {0, 10, 2, 10, 0, 30, 2, 30};
    ColumnStatistics found = ColumnStatistics.of(new Rows(Shape.of(2, 2, 2), image));
    assertArrayEquals(new double[] {1, 20}, found.mean());
    assertEquals(1, found.deviation(0));
    assertEquals(10, found.deviation(1));
  }

  /** So that samples come out as the constant, in float32. */
  @Test
  void aConstantHasTheDeviationThatFloat32CannotTell() {
    ColumnStatistics found =
        ColumnStatistics.of(new Rows(Shape.of(3), 60_000, 0, 0.1f, 60_000, 0, 0.1f));
    assertEquals(Math.ulp(60_000f) / 4, found.deviation(0));
    assertEquals(Math.ulp(1f) / 4, found.deviation(1));
    assertEquals(0.1f, found.center(2));
    assertEquals(Math.ulp(0.1f) / 4, found.deviation(2));
  }

  @Test
  void theFirstNumberThatIsNotFiniteIsNamed() {
    var rows = new Rows(Shape.of(2), 1, 2, 3, Float.NaN, Float.POSITIVE_INFINITY, 6);
    var refused =
        assertThrows(InvalidValueException.class, () -> ColumnStatistics.of(rows)).getMessage();
    assertEquals("data: must hold finite numbers, found NaN at place 1 of example 1", refused);
  }

  @Test
  void noExamplesAreRefused() {
    var refused =
        assertThrows(InvalidValueException.class, () -> ColumnStatistics.of(new Rows(Shape.of(2))))
            .getMessage();
    assertEquals("data: must hold at least one example, found no examples", refused);
  }
}
