package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PixelRangeTest {

  static Stream<PixelRange> ranges() {
    return Stream.of(PixelRange.UNIT, PixelRange.CENTERED, new PixelRange(-0.3, 7));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void everyByteSurvivesTheWayThroughFloat32(PixelRange range) {
    for (int u = 0; u <= 255; u++) {
      float x = (float) (range.low() + (range.high() - range.low()) * u / 255);
      assertEquals(u, range.toByte(x));
    }
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void theNearestByteIsTaken(PixelRange range) {
    double width = (range.high() - range.low()) / 255;
    for (int u = 1; u < 255; u++) {
      assertEquals(u, range.toByte(range.low() + (u + 0.49) * width));
      assertEquals(u, range.toByte(range.low() + (u - 0.49) * width));
    }
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void whatLiesOutsideIsClipped(PixelRange range) {
    assertEquals(0, range.toByte(range.low() - 3));
    assertEquals(255, range.toByte(range.high() + 3));
  }

  @Test
  void boundsMustBeInOrder() {
    assertThrows(InvalidValueException.class, () -> new PixelRange(1, 1));
    assertThrows(InvalidValueException.class, () -> new PixelRange(Double.NaN, 1));
  }
}
