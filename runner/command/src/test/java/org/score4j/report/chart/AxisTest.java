package org.score4j.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({
    "0, 4000, false",
    "0.21, 0.24, false",
    "-3, 3, false",
    "1e-5, 2e-5, false",
    "99, 101, false",
    "0.2, 0.7, true",
    "1e-3, 1e4, true",
    "1, 3, true",
    "1e-20, 1e20, true",
    "1000000, 1000010, false",
    "-1e-9, 1e9, false",
    "0.205, 0.212, true"
  })
  void thereAreAFewTicksAllOnTheAxis(double low, double high, boolean logarithmic) {
    Axis axis = new Axis("x", low, high, logarithmic);
    List<Axis.Tick> ticks = axis.ticks();
    assertTrue(ticks.size() >= 2 && ticks.size() <= 12, ticks::toString);
    for (Axis.Tick tick : ticks) {
      double place = axis.place(tick.value());
      assertTrue(place >= -1e-9 && place <= 1 + 1e-9, tick::toString);
    }
    assertEquals(ticks.size(), ticks.stream().map(Axis.Tick::text).distinct().count());
  }

  @Test
  void equalRatiosHaveEqualLengths() {
    Axis axis = new Axis("x", 0.1, 1000, true);
    assertEquals(0, axis.place(0.1), 1e-12);
    assertEquals(0.5, axis.place(10), 1e-12);
    assertEquals(1, axis.place(1000), 1e-12);
  }

  @Test
  void whatIsNotFiniteDoesNotStretchIt() {
    Axis axis =
        Axis.around("x", DoubleStream.of(Double.NaN, 2, 4, Double.NEGATIVE_INFINITY), false, 0.5);
    assertEquals(1, axis.low(), 1e-12);
    assertEquals(5, axis.high(), 1e-12);
  }

  @Test
  void aSingleValueIsInTheMiddle() {
    assertEquals(0.5, Axis.around("x", DoubleStream.of(7), false, 0.1).place(7), 1e-12);
    assertEquals(0.5, Axis.around("x", DoubleStream.of(7), true, 0.1).place(7), 1e-12);
  }
}
