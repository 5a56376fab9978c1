package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class StandardizationTest {
  private final Standardization units = new Standardization(List.of(40.0, 0.5), List.of(10.0, .01));

  @Test
  void columnsAreShiftedAndScaledOnTheirOwn() {
    float[] values = {50, .5f, 30, .51f};
    units.apply(values);
    assertArrayEquals(new float[] {1, 0, -1, 1}, values, 1e-5f);
    units.undo(values);
    assertArrayEquals(new float[] {50, .5f, 30, .51f}, values, 1e-5f);
  }

  @Test
  void logDeterminantCountsEveryElementOfAnExample() {
    assertEquals(-Math.log(10 * .01), units.logDeterminant(Shape.of(2)), 1e-12);
    assertEquals(-6 * Math.log(10 * .01), units.logDeterminant(Shape.of(2, 3, 2)), 1e-12);
  }

  @Test
  void deviationsDivide() {
    assertThrows(
        InvalidValueException.class, () -> new Standardization(List.of(0.0), List.of(0.0)));
    assertThrows(
        InvalidValueException.class, () -> new Standardization(List.of(0.0), List.of(1.0, 2.0)));
  }
}
